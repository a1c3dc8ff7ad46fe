package io.millrace.learning.losses;

/** The absolute difference. */
record MeanAbsoluteError() implements PointwiseLoss {

  @Override
  public boolean isOfDifferences() {
    return true;
  }

  @Override
  public double value(double prediction, double target) {
    return Math.abs(prediction - target);
  }

  @Override
  public double slope(double prediction, double target) {
    return Math.signum(prediction - target);
  }
}
