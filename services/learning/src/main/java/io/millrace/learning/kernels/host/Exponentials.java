package io.millrace.learning.kernels.host;

/** Functions made of exponentials. */
final class Exponentials {
  private static final double INVERSE_ROOT_OF_TWO_PI = 1 / Math.sqrt(2 * Math.PI);

  private Exponentials() {}

  static float sigmoid(float x) {
    return (float) (1 / (1 + Math.exp(-x)));
  }

  static float tanh(float x) {
    return (float) Math.tanh(x);
  }

  /** Returns the density of the standard normal distribution. */
  static float normalDensity(float x) {
    return (float) (INVERSE_ROOT_OF_TWO_PI * Math.exp(-0.5 * x * x));
  }

  /** Returns the probability that a standard normal number is below {@code x}. */
  static float normalDistribution(float x) {
    return (float) NormalTable.distribution(x);
  }
}
