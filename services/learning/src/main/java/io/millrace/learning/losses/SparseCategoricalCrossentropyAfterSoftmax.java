package io.millrace.learning.losses;

import org.jspecify.annotations.Nullable;

/**
 * The cross entropy between a class index and the probabilities of a softmax. Its gradient is with
 * respect to the logits, which is stable and needs no exponential.
 */
record SparseCategoricalCrossentropyAfterSoftmax() implements Loss {

  @Override
  public int leastWidth() {
    return 2;
  }

  @Override
  public int targetWidth(int width) {
    return 1;
  }

  @Override
  public boolean readsOutputs() {
    return true;
  }

  @Override
  public double row(
      float[] predictions, float[] targets, int row, int width, float @Nullable [] gradient) {
    int target = row * width + ClassIndex.of(targets, row, width);
    if (gradient != null) {
      System.arraycopy(predictions, row * width, gradient, row * width, width);
      gradient[target] -= 1;
    }
    return -Math.log(Math.max(predictions[target], Float.MIN_NORMAL));
  }
}
