package io.millrace.learning.policies;

import io.millrace.settings.Section;
import java.util.OptionalDouble;

/**
 * The settings of {@link EarlyStopping}. With recorded comparison, the defaults are Keras'.
 *
 * @param monitor the name of the monitored metric, such as {@code val_loss}
 * @param direction whether it should be low or high
 * @param minDelta how much better counts as an improvement
 * @param patience evaluations without improvement before training stops
 * @param baseline a value that must also be beaten to reset the waiting
 * @param restoreBestWeights whether the round ends with the best weights instead of the last
 * @param startFromEvaluation first evaluations, which do not count
 * @param comparison what the current weights are compared with
 * @param significance standard errors by which a paired improvement must exceed {@code minDelta}
 */
public record EarlyStoppingSettings(
    String monitor,
    Direction direction,
    double minDelta,
    int patience,
    OptionalDouble baseline,
    boolean restoreBestWeights,
    int startFromEvaluation,
    Comparison comparison,
    double significance) {

  /** Reads the settings from the section {@code early_stopping}. */
  public static EarlyStoppingSettings read(Section section) {
    String monitor = Monitors.monitor(section);
    Comparison comparison = Monitors.comparison(section);
    boolean paired = comparison == Comparison.PAIRED;
    return new EarlyStoppingSettings(
        monitor,
        Direction.read(section, monitor),
        Monitors.minDelta(section, 0),
        section
            .integer("patience", "evaluations without improvement before training stops")
            .atLeast(0)
            .orElse(paired ? 20 : 0),
        section.decimal("baseline", "value that must also be improved on").optional().stream()
            .mapToDouble(Double::doubleValue)
            .findFirst(),
        section
            .flag("restore_best_weights", "whether to end with the best weights, not the last")
            .orElse(paired),
        section
            .integer("start_from_evaluation", "evaluations before watching starts")
            .atLeast(0)
            .orElse(0),
        comparison,
        Monitors.significance(section, paired ? 1 : 0));
  }
}
