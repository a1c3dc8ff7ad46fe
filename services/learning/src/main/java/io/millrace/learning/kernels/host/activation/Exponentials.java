package io.millrace.learning.kernels.host.activation;

/**
 * Functions of exponentials without branches, so that loops over them vectorize.
 *
 * <p>Hyperbolic tangent and logistic function begin with the seventh convergent p/q of Lambert's
 * continued fraction for tanh(y), whose error is below 1e-8 for |y| up to 9/4. From there, tanh(2y)
 * = 2pq / (q² + p²) leads to tanh(4y). Because 1 + tanh(2y) = (p + q)² / (q² + p²), it also leads
 * to the logistic function of 8y, with a small relative error even near zero. Each needs one
 * division.
 */
final class Exponentials {
  private static final double INVERSE_ROOT_OF_TWO_PI = 1 / Math.sqrt(2 * Math.PI);
  private static final float LIMIT = 2.25f;
  private static final float P1 = 17325f / 135135f;
  private static final float P2 = 378f / 135135f;
  private static final float P3 = 1f / 135135f;
  private static final float Q1 = 62370f / 135135f;
  private static final float Q2 = 3150f / 135135f;
  private static final float Q3 = 28f / 135135f;

  /**
   * Bounds probabilities from below by 1e-28; much smaller ones would have subnormal, slow
   * gradients.
   */
  private static final double LOWEST = -64;

  private static final double SMALL = 1.0 / 1024;

  private Exponentials() {}

  /**
   * Replaces {@code length} values, none above zero, by their exponentials. Values below -64 count
   * as -64; NaN stays NaN.
   *
   * <p>exp(x) = exp(x / 1024)^1024, with the inner one from its Taylor polynomial. It is exact to
   * single precision and many times faster than {@link Math#exp}, because it vectorizes.
   */
  static void ofNonPositive(double[] values, int length) {
    for (int i = 0; i < length; i++) {
      double y = Math.max(values[i], LOWEST) * SMALL;
      double power = 1 + y * (1 + y * (1 / 2.0 + y * (1 / 6.0 + y * (1 / 24.0 + y * (1 / 120.0)))));
      power *= power;
      power *= power;
      power *= power;
      power *= power;
      power *= power;
      power *= power;
      power *= power;
      power *= power;
      power *= power;
      power *= power;
      values[i] = power;
    }
  }

  static float sigmoid(float x) {
    float y = Math.max(-LIMIT, Math.min(LIMIT, x * 0.125f));
    float square = y * y;
    float p = y * (1 + square * (P1 + square * (P2 + square * P3)));
    float q = 1 + square * (Q1 + square * (Q2 + square * Q3));
    float doubled = p * p + q * q;
    float twice = 2 * p * q;
    float sum = (p + q) * (p + q);
    return 0.5f * sum * sum / (doubled * doubled + twice * twice);
  }

  static float tanh(float x) {
    float y = Math.max(-LIMIT, Math.min(LIMIT, x * 0.25f));
    float square = y * y;
    float p = y * (1 + square * (P1 + square * (P2 + square * P3)));
    float q = 1 + square * (Q1 + square * (Q2 + square * Q3));
    float doubled = p * p + q * q;
    float twice = 2 * p * q;
    return 2 * twice * doubled / (doubled * doubled + twice * twice);
  }

  /** Returns the density of the standard normal distribution. */
  static float normalDensity(float x) {
    return (float) (INVERSE_ROOT_OF_TWO_PI * Math.exp(-0.5 * x * x));
  }

  /** Returns the probability that a standard normal variable is below {@code x}. */
  static float normalDistribution(float x) {
    return (float) NormalTable.distribution(x);
  }
}
