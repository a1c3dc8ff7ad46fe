package io.millrace.learning;

import io.millrace.learning.drift.DriftDetector;
import io.millrace.learning.drift.DriftDetectors;
import io.millrace.settings.Section;
import java.util.Map;
import java.util.Optional;

/**
 * How a lasting rise of the model's errors is detected, and how the learner reacts.
 *
 * @param detector the settings of the detector
 * @param input the value that the detector watches
 * @param action the reaction to a drift
 * @param boost factor on the learning rate after a drift
 * @param boostSteps steps for which the factor applies
 * @param passes how often the records since the drift began are trained again
 * @param memory newest records kept for those passes
 */
public record DriftSettings(
    Map<String, Object> detector,
    Input input,
    Action action,
    double boost,
    int boostSteps,
    int passes,
    int memory) {

  /** The value that the detector gets for each scored record. */
  public enum Input {
    /** 1 for a wrong class, else 0; the loss if the output is not a classification. */
    ERROR,

    /** The loss. */
    LOSS
  }

  /** The reaction to a drift. */
  public enum Action {
    /** Reports it and does nothing else. */
    ALERT,

    /** Raises the learning rate for some steps; after an early stop, begins a new round. */
    BOOST_LEARNING_RATE,

    /** Begins a new round: policies start over, weights and optimizer stay. */
    NEW_ROUND,

    /**
     * Begins a new round with a raised learning rate and trains the records since the drift again.
     */
    REWIND
  }

  static Optional<DriftSettings> read(Section root) {
    return root.optionalSection("drift").map(DriftSettings::readPresent);
  }

  DriftDetector newDetector() {
    return DriftDetectors.read(Section.root(detector));
  }

  private static DriftSettings readPresent(Section section) {
    Section detector = section.typed("detector", "adwin");
    DriftDetectors.read(detector);
    return new DriftSettings(
        detector.tree(),
        section
            .choice("input", Input.class, "what the detector watches of every scored record")
            .orElse(Input.ERROR),
        section.choice("action", Action.class, "reaction to a drift").orElse(Action.REWIND),
        section
            .decimal("boost", "factor of the learning rate after a drift")
            .atLeast(1)
            .orElse(3.0),
        section.integer("boost_steps", "steps with that learning rate").atLeast(0).orElse(200),
        section
            .integer(
                "passes", "how often the records since the start of the drift are trained again")
            .atLeast(0)
            .orElse(3),
        section.integer("memory", "newest records that are kept for this").atLeast(1).orElse(2000));
  }
}
