package io.millrace.learning.optimizers;

/**
 * A range of the gradients whose values are sums of parts, as those of an embedding are: one part
 * for each time that an index occurs in the batch.
 *
 * <p>Averages of squared gradients take the parts one by one, as Keras on TensorFlow does.
 */
public final class PartedGradient {
  private final int offset;
  private final int length;
  private final float[] squares;

  /**
   * @param offset where the range begins in the vector of gradients
   * @param squares the sums of the squares of the parts, from index 0; the caller's own array
   */
  public PartedGradient(int offset, int length, float[] squares) {
    this.offset = offset;
    this.length = length;
    this.squares = squares;
  }

  /**
   * Changes an average before the step so that the step, which adds the squares of the sums, leaves
   * what adding the sums of the squares would have left.
   */
  void correct(SquareAverage average, float[] slot, float[] gradients) {
    float ratio = (float) (average.share() / average.kept());
    for (int i = 0; i < length; i++) {
      float gradient = gradients[offset + i];
      slot[offset + i] += ratio * (squares[i] - gradient * gradient);
    }
  }
}
