package io.millrace.learning.losses;

/** The square of the difference. */
record MeanSquaredError() implements PointwiseLoss {

  @Override
  public double value(double prediction, double target) {
    return (prediction - target) * (prediction - target);
  }

  @Override
  public double slope(double prediction, double target) {
    return 2 * (prediction - target);
  }
}
