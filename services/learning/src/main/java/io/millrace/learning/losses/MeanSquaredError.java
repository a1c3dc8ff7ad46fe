package io.millrace.learning.losses;

import org.jspecify.annotations.Nullable;

/** The square of the difference. */
record MeanSquaredError() implements PointwiseLoss {

  @Override
  public boolean isOfDifferences() {
    return true;
  }

  @Override
  public double value(double prediction, double target) {
    return (prediction - target) * (prediction - target);
  }

  @Override
  public double slope(double prediction, double target) {
    return 2 * (prediction - target);
  }

  /** Computes in floats if all rows have the same weight, because that loop vectorizes. */
  @Override
  public double evaluate(
      float[] predictions,
      float[] targets,
      float @Nullable [] weights,
      int rows,
      int width,
      float[] lossPerRow,
      float @Nullable [] gradient) {
    if (weights != null) {
      return PointwiseLoss.super.evaluate(
          predictions, targets, weights, rows, width, lossPerRow, gradient);
    }
    if (gradient != null) {
      setGradient(predictions, targets, 2f / rows / width, rows * width, gradient);
    }
    return setLosses(predictions, targets, rows, width, lossPerRow) / rows;
  }

  /** Returns the sum of the losses. Rows of one value skip the inner loop. */
  private static double setLosses(
      float[] predictions, float[] targets, int rows, int width, float[] losses) {
    double sum = 0;
    for (int row = 0; row < rows; row++) {
      float loss =
          width == 1
              ? square(predictions[row] - targets[row])
              : meanSquare(predictions, targets, row * width, width);
      losses[row] = loss;
      sum += loss;
    }
    return sum;
  }

  private static void setGradient(
      float[] predictions, float[] targets, float factor, int length, float[] gradient) {
    for (int i = 0; i < length; i++) {
      gradient[i] = factor * (predictions[i] - targets[i]);
    }
  }

  private static float meanSquare(float[] predictions, float[] targets, int start, int width) {
    float sum = 0;
    for (int i = start; i < start + width; i++) {
      sum += square(predictions[i] - targets[i]);
    }
    return sum / width;
  }

  private static float square(float difference) {
    return difference * difference;
  }
}
