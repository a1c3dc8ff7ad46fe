package io.millrace.tuning.trials;

import io.millrace.learning.policies.Direction;
import io.millrace.settings.Section;

/**
 * The score that trials are compared by.
 *
 * @param name the name of a validation score, such as {@code val_loss}
 * @param direction whether the lowest or the highest is the best
 */
public record Monitor(String name, Direction direction) {
  private static final String VALIDATION = "val_";

  static Monitor read(Section search) {
    String name =
        search.text("monitor", "validation score that trials are compared by").orElse("val_loss");
    return new Monitor(name, Direction.read(search, name));
  }

  /** Returns the score as a loss: lower is better. Never NaN. */
  public double loss(double score) {
    if (Double.isNaN(score)) {
      return Double.POSITIVE_INFINITY;
    }
    return direction == Direction.MIN ? score : -score;
  }

  /** Returns whether one score is better than another; NaN never is. */
  public boolean isBetter(double score, double other) {
    return loss(score) < loss(other);
  }

  /** Returns the score's name without {@code val_}, as it is called on any records. */
  public String plainName() {
    return name.startsWith(VALIDATION) ? name.substring(VALIDATION.length()) : name;
  }
}
