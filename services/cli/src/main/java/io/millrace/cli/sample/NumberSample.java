package io.millrace.cli.sample;

import java.util.Arrays;

/** The numbers of a column: the least, the most, and the quartiles of the first ones. */
final class NumberSample {
  private static final int MOST_KEPT = 5000;

  /** The farthest value, in interquartile ranges from the median, that standard scaling bears. */
  private static final double FAR = 30;

  /** Below that size, the logarithm of one more is nearly a straight line. */
  private static final double SMALL = 100;

  private static final double THREE_DECADES = 1000;

  private double[] kept = new double[16];
  private long count;
  private long whole;
  private double least = Double.POSITIVE_INFINITY;
  private double most = Double.NEGATIVE_INFINITY;
  private boolean counts = true;

  void add(double number) {
    if (count < MOST_KEPT) {
      if (count == kept.length) {
        kept = Arrays.copyOf(kept, 2 * kept.length);
      }
      kept[(int) count] = number;
    }
    counts &= count == 0 ? number == 0 || number == 1 : number == most + 1;
    count++;
    whole += number == Math.rint(number) ? 1 : 0;
    least = Math.min(least, number);
    most = Math.max(most, number);
  }

  long count() {
    return count;
  }

  double least() {
    return least;
  }

  double most() {
    return most;
  }

  boolean areWhole() {
    return whole == count;
  }

  /** Returns whether they count the rows: 0, 1, 2 and so on, or from 1. */
  boolean countRows() {
    return counts && count > 2;
  }

  /** Returns whether a few lie so far out that the rest would be scaled to nearly one number. */
  boolean areSkewed() {
    double[] sorted = sorted();
    double range = quantile(sorted, 0.75) - quantile(sorted, 0.25);
    double median = quantile(sorted, 0.5);
    double farthest = Math.max(most - median, median - least);
    return Math.max(most, -least) >= SMALL && range > 0 && farthest > FAR * range;
  }

  /** Returns whether all are above 0 and span three decades or more. */
  boolean spanDecades() {
    double[] sorted = sorted();
    return least > 0
        && quantile(sorted, 0.99) >= THREE_DECADES / 10 * quantile(sorted, 0.01)
        && most >= THREE_DECADES * least;
  }

  private double[] sorted() {
    double[] sorted = Arrays.copyOf(kept, (int) Math.min(count, kept.length));
    Arrays.sort(sorted);
    return sorted;
  }

  private static double quantile(double[] sorted, double share) {
    return sorted.length == 0 ? 0 : sorted[(int) Math.round(share * (sorted.length - 1))];
  }
}
