package io.millrace.learning.kernels.nd4j;

import static io.millrace.learning.expressions.Expression.constant;
import static io.millrace.learning.expressions.Expression.variable;

import io.millrace.learning.expressions.Assignment;
import io.millrace.learning.expressions.Expression;
import io.millrace.learning.expressions.Expression.Variable;
import java.util.List;

/**
 * The formulas of normalization and its statistics over matrices {@code [n, columns]}.
 *
 * <p>If columns are normalized, mean, variance, scale, offset and the gradients of scale and offset
 * are {@code [1, columns]}. If rows are, mean and inverse deviation are {@code [n, 1]}.
 */
final class NormalizationFormulas {
  private static final Variable IN = variable("in");
  private static final Variable OUT = variable("out");
  private static final Variable MEAN = variable("mean");
  private static final Variable VARIANCE = variable("variance");
  private static final Variable INVERSE = variable("inverse");
  private static final Variable SCALE = variable("scale");
  private static final Variable OFFSET = variable("offset");
  private static final Variable GRADIENT = variable("gradient");
  private static final Variable SCALE_GRADIENT = variable("scale gradient");
  private static final Variable OFFSET_GRADIENT = variable("offset gradient");
  private static final Variable IN_GRADIENT = variable("in gradient");

  private NormalizationFormulas() {}

  /** Returns mean and variance of columns of {@code n} values. */
  static List<Assignment> columnStatistics(int n) {
    return List.of(
        MEAN.becomes(IN.sum(0).over(n)), VARIANCE.becomes(IN.minus(MEAN).square().sum(0).over(n)));
  }

  static List<Assignment> columns(float epsilon) {
    return List.of(OUT.becomes(normalizedColumns(epsilon).times(SCALE).plus(OFFSET)));
  }

  /**
   * Returns the gradients of scale, offset and input.
   *
   * @param share 1 / rows if the statistics are those of the rows, else zero
   */
  static List<Assignment> columnsGradient(float epsilon, double share) {
    Expression normalized = normalizedColumns(epsilon);
    Expression common = OFFSET_GRADIENT.plus(normalized.times(SCALE_GRADIENT)).times(share);
    Expression factor = SCALE.over(VARIANCE.plus(epsilon).squareRoot());
    return List.of(
        SCALE_GRADIENT.becomes(GRADIENT.times(normalized).sum(0)),
        OFFSET_GRADIENT.becomes(GRADIENT.sum(0)),
        IN_GRADIENT.becomes(GRADIENT.minus(common).times(factor)));
  }

  private static Expression normalizedColumns(float epsilon) {
    return IN.minus(MEAN).over(VARIANCE.plus(epsilon).squareRoot());
  }

  /** Returns the statistics of rows of {@code columns} values and the normalization by them. */
  static List<Assignment> rows(float epsilon, int columns) {
    Expression variance = IN.minus(MEAN).square().sum(1).over(columns);
    return List.of(
        MEAN.becomes(IN.sum(1).over(columns)),
        INVERSE.becomes(constant(1).over(variance.plus(epsilon).squareRoot())),
        OUT.becomes(normalizedRows().times(SCALE).plus(OFFSET)));
  }

  /** Returns the gradients of scale, offset and input. */
  static List<Assignment> rowsGradient(int columns) {
    Expression normalized = normalizedRows();
    Expression scaled = GRADIENT.times(SCALE);
    Expression common = scaled.sum(1).plus(normalized.times(scaled.times(normalized).sum(1)));
    return List.of(
        SCALE_GRADIENT.becomes(GRADIENT.times(normalized).sum(0)),
        OFFSET_GRADIENT.becomes(GRADIENT.sum(0)),
        IN_GRADIENT.becomes(scaled.minus(common.over(columns)).times(INVERSE)));
  }

  private static Expression normalizedRows() {
    return IN.minus(MEAN).times(INVERSE);
  }
}
