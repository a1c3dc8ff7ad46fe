package io.millrace.learning.losses;

/**
 * The term of a class in a cross entropy: {@code -alpha * (1 - p)^gamma * log p}. A gamma above
 * zero reduces classes that are already right.
 *
 * <p>T.-Y. Lin et al., "Focal Loss for Dense Object Detection", ICCV 2017.
 */
record Focus(double alpha, double gamma) {
  /** The plain cross entropy. */
  static final Focus NONE = new Focus(1, 0);

  /** Returns the term of a class whose probability has the given logarithm. */
  double term(double logarithm) {
    return -alpha * Math.pow(miss(logarithm), gamma) * logarithm;
  }

  /** Returns the derivative of {@link #term} with respect to the logarithm of the probability. */
  double slope(double logarithm) {
    if (gamma == 0) {
      return -alpha;
    }
    double miss = miss(logarithm);
    double fading = gamma * Math.pow(miss, gamma - 1) * Math.exp(logarithm) * logarithm;
    return alpha * (fading - Math.pow(miss, gamma));
  }

  private static double miss(double logarithm) {
    return -Math.expm1(logarithm);
  }
}
