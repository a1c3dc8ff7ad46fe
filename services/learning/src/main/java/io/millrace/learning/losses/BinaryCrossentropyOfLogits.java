package io.millrace.learning.losses;

/**
 * The binary cross entropy of sigmoid(prediction), in a form that no logit can overflow.
 *
 * @param labelSmoothing share of each target that is replaced by one half
 */
record BinaryCrossentropyOfLogits(double labelSmoothing) implements PointwiseLoss {

  @Override
  public float boundary() {
    return 0;
  }

  @Override
  public double value(double prediction, double target) {
    return Math.max(prediction, 0)
        - prediction * BinaryCrossentropy.smooth(target, labelSmoothing)
        + Math.log1p(Math.exp(-Math.abs(prediction)));
  }

  @Override
  public double slope(double prediction, double target) {
    return sigmoid(prediction) - BinaryCrossentropy.smooth(target, labelSmoothing);
  }

  static double sigmoid(double logit) {
    return 1 / (1 + Math.exp(-logit));
  }
}
