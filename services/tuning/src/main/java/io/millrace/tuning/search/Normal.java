package io.millrace.tuning.search;

/** The standard normal distribution. */
final class Normal {
  private static final double EDGE = 8.2;

  private Normal() {}

  /**
   * Returns the probability below {@code x}, to 1e-15: G. Marsaglia, "Evaluating the Normal
   * Distribution", Journal of Statistical Software 11, 2004.
   */
  static double probability(double x) {
    if (Math.abs(x) > EDGE) {
      return x < 0 ? 0 : 1;
    }
    double sum = x;
    double before = 0;
    double term = x;
    for (int i = 3; sum != before; i += 2) {
      before = sum;
      term *= x * x / i;
      sum += term;
    }
    return 0.5 + sum * Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
  }

  /** Returns the x below which a probability lies, by halving. */
  static double quantile(double probability) {
    double low = -EDGE;
    double high = EDGE;
    for (int i = 0; i < 60; i++) {
      double middle = 0.5 * (low + high);
      if (probability(middle) < probability) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return 0.5 * (low + high);
  }
}
