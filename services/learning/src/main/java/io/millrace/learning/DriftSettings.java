package io.millrace.learning;

import io.millrace.learning.drift.DriftDetector;
import io.millrace.learning.drift.DriftDetectors;
import io.millrace.settings.Section;
import java.util.Map;
import java.util.Optional;

/**
 * How a lasting rise of the model's errors is noticed, and what is done about it.
 *
 * @param detector the settings of the detector
 * @param input what it watches
 * @param action what is done
 * @param boost what the learning rate is multiplied by after a drift
 * @param boostSteps for how many steps
 * @param passes how often the records since the drift began are trained again
 * @param memory how many of the newest records are kept for that
 */
public record DriftSettings(
    Map<String, Object> detector,
    Input input,
    Action action,
    double boost,
    int boostSteps,
    int passes,
    int memory) {

  /** What of every scored record the detector is told. */
  public enum Input {
    /** 1 for a class that was not predicted, else 0; the loss where the label is no class. */
    ERROR,

    /** The loss. */
    LOSS
  }

  /** What is done about a drift. */
  public enum Action {
    /** It is told, nothing else. */
    ALERT,

    /** The learning rate is raised for some steps; a round that had ended begins anew. */
    BOOST_LEARNING_RATE,

    /** A new round begins: policies start over, weights and optimizer go on. */
    NEW_ROUND,

    /** A new round begins with a raised rate and the records since the drift began, again. */
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
            .choice("input", Input.class, "what of every scored record the detector watches")
            .orElse(Input.ERROR),
        section.choice("action", Action.class, "what is done about a drift").orElse(Action.REWIND),
        section
            .decimal("boost", "what the learning rate is multiplied by after a drift")
            .atLeast(1)
            .orElse(3.0),
        section.integer("boost_steps", "steps with that rate").atLeast(0).orElse(200),
        section
            .integer("passes", "times that the records since the drift began are trained again")
            .atLeast(0)
            .orElse(3),
        section.integer("memory", "newest records kept for that").atLeast(1).orElse(2000));
  }
}
