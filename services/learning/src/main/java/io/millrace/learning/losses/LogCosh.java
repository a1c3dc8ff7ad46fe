package io.millrace.learning.losses;

/** The logarithm of the hyperbolic cosine of the difference: a smooth Huber loss. */
record LogCosh() implements PointwiseLoss {

  @Override
  public boolean isOfDifferences() {
    return true;
  }

  @Override
  public double value(double prediction, double target) {
    double size = Math.abs(prediction - target);
    return size + Math.log1p(Math.exp(-2 * size)) - Math.log(2);
  }

  @Override
  public double slope(double prediction, double target) {
    return Math.tanh(prediction - target);
  }
}
