package io.millrace.learning.losses;

import org.jspecify.annotations.Nullable;

/**
 * The Kullback-Leibler divergence of the predicted from the target distribution, in nats.
 *
 * <p>S. Kullback, R. A. Leibler, "On Information and Sufficiency", 1951.
 */
record KullbackLeiblerDivergence() implements Loss {

  @Override
  public double row(
      float[] predictions, float[] targets, int row, int width, float @Nullable [] gradient) {
    double sum = 0;
    for (int i = row * width; i < (row + 1) * width; i++) {
      double target = clipped(targets[i]);
      double prediction = clipped(predictions[i]);
      sum += target * Math.log(target / prediction);
      if (gradient != null) {
        gradient[i] = prediction == predictions[i] ? (float) (-target / prediction) : 0;
      }
    }
    return sum;
  }

  private static double clipped(double probability) {
    return Math.min(Math.max(probability, Probability.EPSILON), 1);
  }
}
