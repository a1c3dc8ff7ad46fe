package io.millrace.learning.optimizers;

import io.millrace.learning.expressions.Assignment;
import io.millrace.learning.expressions.Expression;
import io.millrace.learning.expressions.Expression.Variable;
import java.util.List;

/**
 * A range of the gradients whose values are sums of parts, as in an embedding: one part for each
 * occurrence of an index in the batch.
 *
 * <p>Averages of squared gradients take the parts one by one, as in Keras on TensorFlow.
 */
public final class PartedGradient {
  /** The sums of the squares of the parts, in formulas. */
  public static final Variable SQUARES = Expression.variable("squares");

  private final int offset;
  private final int length;
  private final float[] squares;

  /**
   * @param offset where the range begins in the vector of gradients
   * @param squares the sums of the squares of the parts, from index 0; not copied
   */
  public PartedGradient(int offset, int length, float[] squares) {
    this.offset = offset;
    this.length = length;
    this.squares = squares;
  }

  /** Returns the effect of {@link #correct} as a formula over the same range of all vectors. */
  static Assignment formula(SquareAverage average, List<String> slots) {
    Variable slot = Expression.variable(slots.get(average.slot()));
    Expression excess = SQUARES.minus(UpdateRule.GRADIENTS.square());
    return slot.becomes(slot.plus(excess.times(average.share() / average.kept())));
  }

  /**
   * Changes an average before the step. The step adds the square of the sum; with this correction,
   * the result is as if it had added the sum of the squares.
   */
  void correct(SquareAverage average, float[] slot, float[] gradients) {
    float ratio = (float) (average.share() / average.kept());
    for (int i = 0; i < length; i++) {
      float gradient = gradients[offset + i];
      slot[offset + i] += ratio * (squares[i] - Subnormals.square(gradient));
    }
  }
}
