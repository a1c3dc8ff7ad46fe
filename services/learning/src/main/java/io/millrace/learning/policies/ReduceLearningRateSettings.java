package io.millrace.learning.policies;

import io.millrace.settings.Section;

/**
 * The settings of {@link ReduceLearningRateOnPlateau}. With recorded comparison, the defaults are
 * Keras'.
 *
 * @param monitor the name of the monitored metric, such as {@code val_loss}
 * @param direction whether it should be low or high
 * @param factor factor of a reduction
 * @param patience evaluations without improvement before a reduction
 * @param minDelta how much better counts as an improvement
 * @param thresholdMode whether {@code minDelta} is a difference or a share of the best value
 * @param cooldown evaluations after a reduction that do not count as waiting
 * @param minLearningRate the lowest rate
 * @param comparison what the current weights are compared with
 * @param significance standard errors by which a paired improvement must exceed {@code minDelta}
 */
public record ReduceLearningRateSettings(
    String monitor,
    Direction direction,
    double factor,
    int patience,
    double minDelta,
    ThresholdMode thresholdMode,
    int cooldown,
    double minLearningRate,
    Comparison comparison,
    double significance) {
  /** A lower share of the initial rate no longer follows the stream. */
  private static final double PAIRED_FLOOR = 0.05;

  /** The unit of {@code min_delta}. */
  public enum ThresholdMode {
    /** The monitored value's own unit. */
    ABS,
    /** A share of the best value. */
    REL
  }

  /**
   * Reads the settings from the section {@code reduce_lr_on_plateau}.
   *
   * @param initialLearningRate the optimizer's rate; the default minimum is a share of it
   */
  public static ReduceLearningRateSettings read(Section section, double initialLearningRate) {
    String monitor = Monitors.monitor(section);
    Comparison comparison = Monitors.comparison(section);
    boolean paired = comparison == Comparison.PAIRED;
    return new ReduceLearningRateSettings(
        monitor,
        Direction.read(section, monitor),
        section
            .decimal("factor", "what the learning rate is multiplied by")
            .above(0)
            .below(1)
            .orElse(paired ? 0.5 : 0.1),
        section
            .integer("patience", "evaluations without improvement before the rate is reduced")
            .atLeast(0)
            .orElse(paired ? 20 : 10),
        Monitors.minDelta(section, paired ? 0 : 1e-4),
        section
            .choice("threshold_mode", ThresholdMode.class, "unit of min_delta")
            .orElse(ThresholdMode.ABS),
        section
            .integer("cooldown", "evaluations after a reduction before watching starts again")
            .atLeast(0)
            .orElse(0),
        section
            .decimal("min_lr", "lowest learning rate")
            .atLeast(0)
            .orElse(paired ? PAIRED_FLOOR * initialLearningRate : 0),
        comparison,
        Monitors.significance(section, 0));
  }
}
