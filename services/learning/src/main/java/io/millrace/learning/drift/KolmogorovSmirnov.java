package io.millrace.learning.drift;

import java.util.Arrays;

/** The Kolmogorov-Smirnov test of whether two samples of equal size come from one distribution. */
final class KolmogorovSmirnov {
  private KolmogorovSmirnov() {}

  /**
   * Returns the largest distance between the samples' distribution functions, in values. Sorts both
   * samples.
   */
  static int distance(double[] one, double[] other) {
    Arrays.sort(one);
    Arrays.sort(other);
    int i = 0;
    int j = 0;
    int largest = 0;
    while (i < one.length && j < other.length) {
      double value = Math.min(one[i], other[j]);
      while (i < one.length && one[i] <= value) {
        i++;
      }
      while (j < other.length && other[j] <= value) {
        j++;
      }
      largest = Math.max(largest, Math.abs(i - j));
    }
    return largest;
  }

  /**
   * Returns the probability that two samples of {@code size} values from one distribution differ by
   * at least {@code distance} values.
   *
   * <p>Exact for distributions without ties: B. V. Gnedenko, V. S. Korolyuk, "On the maximum
   * discrepancy between two empirical distributions", 1951. It is the alternating sum over k of 2 *
   * binomial(2 size, size - k distance) / binomial(2 size, size).
   */
  static double probability(int size, int distance) {
    if (distance == 0) {
      return 1;
    }
    double sum = 0;
    double sign = 1;
    for (int shift = distance; shift <= size; shift += distance) {
      sum += sign * binomialShare(size, shift);
      sign = -sign;
    }
    return Math.min(1, 2 * sum);
  }

  /** Returns binomial(2 size, size - shift) / binomial(2 size, size). */
  private static double binomialShare(int size, int shift) {
    double share = 1;
    for (int i = 1; i <= shift; i++) {
      share *= (double) (size - shift + i) / (size + i);
    }
    return share;
  }
}
