package io.millrace.learning.losses;

import org.jspecify.annotations.Nullable;

/**
 * The cross entropy of softmax(predictions) with a target distribution, computed from logarithms of
 * probabilities, so that neither overflow nor clipping can happen.
 *
 * @param focus what each class contributes; {@link Focus#NONE} for the plain cross entropy
 * @param labelSmoothing how much of the certainty of the targets is given up
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
    double drift = 0; // what the normalization takes from every slope
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
