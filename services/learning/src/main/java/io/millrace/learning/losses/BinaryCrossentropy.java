package io.millrace.learning.losses;

import java.util.Optional;

/**
 * The negative logarithm of the probability given to the correct one of two answers.
 *
 * @param labelSmoothing share of each target that is replaced by one half
 */
record BinaryCrossentropy(double labelSmoothing) implements PointwiseLoss {

  @Override
  public double value(double prediction, double target) {
    double smooth = smooth(target, labelSmoothing);
    double probability = Probability.clipped(prediction);
    return -smooth * Math.log(probability) - (1 - smooth) * Math.log(1 - probability);
  }

  @Override
  public double slope(double prediction, double target) {
    double smooth = smooth(target, labelSmoothing);
    return Probability.isInside(prediction)
        ? (1 - smooth) / (1 - prediction) - smooth / prediction
        : 0;
  }

  @Override
  public Optional<Loss> overInputsOf(String activation) {
    return activation.equals("sigmoid")
        ? Optional.of(new BinaryCrossentropyOfLogits(labelSmoothing))
        : Optional.empty();
  }

  /** Returns the target moved towards one half. */
  static double smooth(double target, double labelSmoothing) {
    return target * (1 - labelSmoothing) + 0.5 * labelSmoothing;
  }
}
