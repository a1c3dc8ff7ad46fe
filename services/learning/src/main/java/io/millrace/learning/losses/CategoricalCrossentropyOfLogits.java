package io.millrace.learning.losses;

import org.jspecify.annotations.Nullable;

/**
 * The cross entropy between a target distribution and softmax(predictions), computed from log
 * probabilities, so that nothing overflows or is clipped.
 *
 * @param focus the term of each class; {@link Focus#NONE} for the plain cross entropy
 * @param labelSmoothing share of each target that is spread evenly over the classes
 */
record CategoricalCrossentropyOfLogits(Focus focus, double labelSmoothing) implements Loss {

  @Override
  public int leastWidth() {
    return 2;
  }

  @Override
  public double row(
      float[] predictions, float[] targets, int row, int width, float @Nullable [] gradient) {
    double logarithmOfSum = Softmax.of(predictions, row, width, null);
    double loss = 0;
    double drift = 0; // what the normalization subtracts from every slope
    for (int i = row * width; i < (row + 1) * width; i++) {
      double logarithm = predictions[i] - logarithmOfSum;
      double target = CategoricalCrossentropy.smooth(targets[i], width, labelSmoothing);
      loss += target * focus.term(logarithm);
      drift += target * focus.slope(logarithm);
    }
    if (gradient != null) {
      for (int i = row * width; i < (row + 1) * width; i++) {
        double logarithm = predictions[i] - logarithmOfSum;
        double target = CategoricalCrossentropy.smooth(targets[i], width, labelSmoothing);
        gradient[i] = (float) (target * focus.slope(logarithm) - Math.exp(logarithm) * drift);
      }
    }
    return loss;
  }
}
