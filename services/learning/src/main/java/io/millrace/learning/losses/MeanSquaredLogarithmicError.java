package io.millrace.learning.losses;

/** The squared difference of {@code log(1 + x)}; negative values count as zero. */
record MeanSquaredLogarithmicError() implements PointwiseLoss {

  @Override
  public double value(double prediction, double target) {
    double difference = difference(prediction, target);
    return difference * difference;
  }

  @Override
  public double slope(double prediction, double target) {
    return prediction < Probability.EPSILON
        ? 0
        : 2 * difference(prediction, target) / (1 + prediction);
  }

  private static double difference(double prediction, double target) {
    return Math.log1p(Math.max(prediction, Probability.EPSILON))
        - Math.log1p(Math.max(target, Probability.EPSILON));
  }
}
