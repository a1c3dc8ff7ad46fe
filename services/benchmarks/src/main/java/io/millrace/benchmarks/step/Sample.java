package io.millrace.benchmarks.step;

import java.util.Arrays;
import java.util.Locale;

/** The times of one step in several rounds, in microseconds. */
final class Sample {
  private final double[] sorted;

  Sample(double... microseconds) {
    sorted = microseconds.clone();
    Arrays.sort(sorted);
  }

  double median() {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** Returns the smallest and the largest time. */
  String range() {
    return String.format(Locale.ROOT, "%.1f..%.1f", sorted[0], sorted[sorted.length - 1]);
  }
}
