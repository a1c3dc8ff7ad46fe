package io.millrace.learning.losses;

/** The negative log-likelihood of a count with the predicted mean, without its constant part. */
record Poisson() implements PointwiseLoss {

  @Override
  public double value(double prediction, double target) {
    return prediction - target * Math.log(prediction + Probability.EPSILON);
  }

  @Override
  public double slope(double prediction, double target) {
    return 1 - target / (prediction + Probability.EPSILON);
  }
}
