package io.millrace.learning.losses;

/** The absolute difference in percent of the target's size. */
record MeanAbsolutePercentageError() implements PointwiseLoss {

  @Override
  public double value(double prediction, double target) {
    return 100 * Math.abs(prediction - target) / size(target);
  }

  @Override
  public double slope(double prediction, double target) {
    return 100 * Math.signum(prediction - target) / size(target);
  }

  private static double size(double target) {
    return Math.max(Math.abs(target), Probability.EPSILON);
  }
}
