package io.millrace.learning.policies;

import io.millrace.learning.metrics.Metrics;
import io.millrace.settings.Section;
import java.util.Optional;

/** Whether the lowest or the highest value of a monitored metric is the best. */
public enum Direction {
  MIN,
  MAX;

  /**
   * The values of the setting {@code mode}; {@code auto} means the monitored metric's own
   * direction.
   */
  private enum Mode {
    AUTO,
    MIN,
    MAX
  }

  /** Reads {@code mode}; the default is the direction of the metric that {@code monitor} names. */
  public static Direction read(Section section, String monitor) {
    Mode mode =
        section
            .choice("mode", Mode.class, "whether the lowest or the highest value is the best")
            .orElse(Mode.AUTO);
    if (mode == Mode.AUTO && of(monitor).isEmpty()) {
      section.report("mode", "cannot be told from the name " + monitor + "; allowed: min, max");
    }
    return switch (mode) {
      case MIN -> MIN;
      case MAX -> MAX;
      case AUTO -> of(monitor).orElse(MIN);
    };
  }

  /**
   * Returns the direction of a monitored name: that of the loss or metric at its end, as in {@code
   * val_accuracy} or {@code val_letter_loss}.
   */
  private static Optional<Direction> of(String monitor) {
    if (isOf(monitor, "loss")) {
      return Optional.of(MIN);
    }
    return Metrics.names().stream()
        .filter(name -> isOf(monitor, name))
        .map(name -> Metrics.isHigherBetter(name) ? MAX : MIN)
        .findFirst();
  }

  private static boolean isOf(String monitor, String name) {
    return monitor.equals(name) || monitor.endsWith("_" + name);
  }

  /** Returns whether {@code value} is strictly better; NaN never is. */
  boolean isBetter(double value, double bound) {
    return this == MIN ? value < bound : value > bound;
  }

  /** Returns {@code value} moved by {@code amount} towards the worse. */
  double worse(double value, double amount) {
    return this == MIN ? value + amount : value - amount;
  }

  /** Returns {@code value} moved by {@code amount} towards the better. */
  double better(double value, double amount) {
    return this == MIN ? value - amount : value + amount;
  }

  /** Returns the value that is worse than every other. */
  double worst() {
    return this == MIN ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
  }
}
