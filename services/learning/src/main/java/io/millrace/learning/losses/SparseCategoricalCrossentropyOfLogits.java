package io.millrace.learning.losses;

import org.jspecify.annotations.Nullable;

/**
 * The cross entropy between a class index and softmax(predictions), computed in one stable pass.
 */
record SparseCategoricalCrossentropyOfLogits() implements Loss {

  @Override
  public int leastWidth() {
    return 2;
  }

  @Override
  public int targetWidth(int width) {
    return 1;
  }

  @Override
  public double row(
      float[] predictions, float[] targets, int row, int width, float @Nullable [] gradient) {
    int target = row * width + ClassIndex.of(targets, row, width);
    double logarithmOfSum = Softmax.of(predictions, row, width, gradient);
    if (gradient != null) {
      gradient[target] -= 1;
    }
    return logarithmOfSum - predictions[target];
  }
}
