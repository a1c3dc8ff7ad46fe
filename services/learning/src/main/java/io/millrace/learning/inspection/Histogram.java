package io.millrace.learning.inspection;

import java.util.ArrayList;
import java.util.List;

/**
 * The distribution of a tensor's values in {@value #BINS} bins of equal width between the least and
 * the largest, as Keras' TensorBoard callback has it; in one bin if these are equal. Values that
 * are not finite are in no bin. Immutable.
 *
 * @param min the least finite value; 0 if there is none
 * @param max the largest finite value; 0 if there is none
 * @param count how many values are finite
 * @param notFinite how many values are not
 * @param sum of the finite values
 * @param sumOfSquares of the finite values
 * @param limits the upper bound of each bin, which it does not include; the last one does
 * @param counts how many values each bin has
 */
public record Histogram(
    double min,
    double max,
    long count,
    long notFinite,
    double sum,
    double sumOfSquares,
    List<Double> limits,
    List<Long> counts) {
  private static final int BINS = 30;

  public Histogram {
    limits = List.copyOf(limits);
    counts = List.copyOf(counts);
  }

  /** Returns the Euclidean norm of all values; NaN if one is not finite. */
  public double norm() {
    return notFinite > 0 ? Double.NaN : Math.sqrt(sumOfSquares);
  }

  /** Returns the histogram of all values of an array. */
  public static Histogram of(float[] values) {
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    double sum = 0;
    double sumOfSquares = 0;
    long count = 0;
    for (float value : values) {
      if (Float.isFinite(value)) {
        min = Math.min(min, value);
        max = Math.max(max, value);
        sum += value;
        sumOfSquares += (double) value * value;
        count++;
      }
    }
    long notFinite = values.length - count;
    if (count == 0) {
      return new Histogram(0, 0, 0, notFinite, 0, 0, List.of(), List.of());
    }
    int bins = min == max ? 1 : BINS;
    return new Histogram(
        min,
        max,
        count,
        notFinite,
        sum,
        sumOfSquares,
        limits(min, max, bins),
        counts(values, min, max, bins));
  }

  private static List<Double> limits(double min, double max, int bins) {
    List<Double> limits = new ArrayList<>(bins);
    for (int bin = 1; bin < bins; bin++) {
      limits.add(min + (max - min) * bin / bins);
    }
    limits.add(max);
    return limits;
  }

  private static List<Long> counts(float[] values, double min, double max, int bins) {
    long[] counts = new long[bins];
    double scale = bins / (max - min);
    for (float value : values) {
      if (Float.isFinite(value)) {
        counts[max == min ? 0 : Math.min(bins - 1, (int) ((value - min) * scale))]++;
      }
    }
    List<Long> boxed = new ArrayList<>(bins);
    for (long each : counts) {
      boxed.add(each);
    }
    return boxed;
  }
}
