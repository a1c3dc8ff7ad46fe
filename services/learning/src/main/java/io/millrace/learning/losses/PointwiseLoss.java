package io.millrace.learning.losses;

import org.jspecify.annotations.Nullable;

/** A loss that is the row's mean of a function of one prediction and its target. */
interface PointwiseLoss extends Loss {

  double value(double prediction, double target);

  /** Returns the derivative of {@link #value} with respect to the prediction. */
  double slope(double prediction, double target);

  @Override
  default double row(
      float[] predictions, float[] targets, int row, int width, float @Nullable [] gradient) {
    double share = 1.0 / width;
    double sum = 0;
    for (int i = row * width; i < (row + 1) * width; i++) {
      sum += value(predictions[i], targets[i]);
      if (gradient != null) {
        gradient[i] = (float) (slope(predictions[i], targets[i]) * share);
      }
    }
    return sum * share;
  }
}
