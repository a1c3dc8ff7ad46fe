package io.millrace.learning.optimizers;

import static io.millrace.learning.expressions.Expression.constant;

import io.millrace.learning.expressions.Assignment;
import io.millrace.learning.expressions.Expression;
import io.millrace.settings.Section;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * A bound on the gradients of a step: on the norm of each variable's gradient, on the norm of all
 * gradients, or on each value.
 *
 * <p>R. Pascanu, T. Mikolov, Y. Bengio, "On the difficulty of training recurrent neural networks",
 * ICML 2013.
 */
public record GradientClipping(Kind kind, double bound) {
  static final GradientClipping NONE = new GradientClipping(Kind.NONE, 0);

  /** What is bounded. */
  public enum Kind {
    NONE,
    NORM,
    GLOBAL_NORM,
    VALUE
  }

  static GradientClipping read(Section section) {
    OptionalDouble norm = bound(section, "clipnorm", "the highest norm of a variable's gradient");
    OptionalDouble global =
        bound(section, "global_clipnorm", "the highest norm of all gradients together");
    OptionalDouble value = bound(section, "clipvalue", "the highest absolute value of a gradient");
    if (Stream.of(norm, global, value).filter(OptionalDouble::isPresent).count() > 1) {
      section.report("", "only one of clipnorm, global_clipnorm and clipvalue may be given");
    }
    if (norm.isPresent()) {
      return new GradientClipping(Kind.NORM, norm.getAsDouble());
    }
    if (global.isPresent()) {
      return new GradientClipping(Kind.GLOBAL_NORM, global.getAsDouble());
    }
    return value.isPresent() ? new GradientClipping(Kind.VALUE, value.getAsDouble()) : NONE;
  }

  boolean isNone() {
    return kind == Kind.NONE;
  }

  private static OptionalDouble bound(Section section, String key, String meaning) {
    return section.decimal(key, meaning).above(0).optional().stream()
        .mapToDouble(Double::doubleValue)
        .findFirst();
  }

  /**
   * Returns the clipping of {@link UpdateRule#GRADIENTS} as a formula over one row of them: those
   * of one variable if {@link #isPerVariable}, else all.
   */
  public Optional<Assignment> formula() {
    Expression gradients = UpdateRule.GRADIENTS;
    return switch (kind) {
      case NONE -> Optional.empty();
      case VALUE ->
          Optional.of(UpdateRule.GRADIENTS.becomes(gradients.minimum(bound).maximum(-bound)));
      case NORM, GLOBAL_NORM -> {
        Expression norm = gradients.square().sum(1).squareRoot();
        Expression factor = constant(bound).over(norm).minimum(1);
        yield Optional.of(UpdateRule.GRADIENTS.becomes(gradients.times(factor)));
      }
    };
  }

  /** Returns whether each variable's gradients are clipped on their own. */
  public boolean isPerVariable() {
    return kind == Kind.NORM;
  }

  /**
   * Clips in place.
   *
   * @param variableSizes the sizes of the variables in the flat vector, in order
   */
  void clip(float[] gradients, int[] variableSizes) {
    switch (kind) {
      case NONE -> {}
      case NORM -> clipEachVariable(gradients, variableSizes);
      case GLOBAL_NORM -> clipNorm(gradients, 0, gradients.length);
      case VALUE -> clipValues(gradients);
    }
  }

  private void clipEachVariable(float[] gradients, int[] variableSizes) {
    int from = 0;
    for (int size : variableSizes) {
      clipNorm(gradients, from, from + size);
      from += size;
    }
  }

  private void clipNorm(float[] gradients, int from, int to) {
    double norm = Math.sqrt(sumOfSquares(gradients, from, to));
    if (norm <= bound) {
      return;
    }
    float factor = (float) (bound / norm);
    for (int i = from; i < to; i++) {
      gradients[i] *= factor;
    }
  }

  /** Sums in four lanes, because dependent additions take four times as long. */
  private static double sumOfSquares(float[] values, int from, int to) {
    double lane0 = 0;
    double lane1 = 0;
    double lane2 = 0;
    double lane3 = 0;
    int i = from;
    for (; i + 3 < to; i += 4) {
      lane0 += (double) values[i] * values[i];
      lane1 += (double) values[i + 1] * values[i + 1];
      lane2 += (double) values[i + 2] * values[i + 2];
      lane3 += (double) values[i + 3] * values[i + 3];
    }
    for (; i < to; i++) {
      lane0 += (double) values[i] * values[i];
    }
    return (lane0 + lane1) + (lane2 + lane3);
  }

  private void clipValues(float[] gradients) {
    float limit = (float) bound;
    for (int i = 0; i < gradients.length; i++) {
      gradients[i] = Math.max(-limit, Math.min(limit, gradients[i]));
    }
  }
}
