package io.millrace.learning.losses;

/**
 * Half the square of small differences, linear in large ones, so that the gradient of outliers is
 * bounded.
 *
 * <p>P. J. Huber, "Robust Estimation of a Location Parameter", 1964.
 *
 * @param delta the difference above which it is linear
 */
record Huber(double delta) implements PointwiseLoss {

  @Override
  public boolean isOfDifferences() {
    return true;
  }

  @Override
  public double value(double prediction, double target) {
    double size = Math.abs(prediction - target);
    return size <= delta ? size * size / 2 : delta * size - delta * delta / 2;
  }

  @Override
  public double slope(double prediction, double target) {
    return Math.max(-delta, Math.min(delta, prediction - target));
  }
}
