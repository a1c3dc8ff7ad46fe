package io.millrace.learning.layers;

import io.millrace.settings.Section;
import org.jspecify.annotations.Nullable;

/**
 * A bound on the norm of each unit's incoming weights, enforced by scaling after each step.
 *
 * <p>N. Srivastava et al., "Dropout: A Simple Way to Prevent Neural Networks from Overfitting",
 * 2014.
 *
 * @param maximum the highest norm
 * @param axis the axis that a norm runs along; with 0, there is one norm for each index of the
 *     others
 */
public record MaxNorm(float maximum, int axis) {

  static @Nullable MaxNorm read(Section parent, String key) {
    if (!parent.has(key)) {
      return null;
    }
    Section section = parent.typed(key, "max_norm");
    section
        .text("type", "which constraint")
        .check("one of max_norm", "max_norm"::equals)
        .orElse("max_norm");
    return new MaxNorm(
        section.decimal("max_value", "highest norm").above(0).orElse(2.0).floatValue(),
        section.integer("axis", "axis that a norm runs along").atLeast(0).orElse(0));
  }
}
