package io.millrace.learning.features;

import io.millrace.learning.state.State;

/**
 * The mean and the variance of each number of a row, of rows that come one after the other.
 *
 * <p>The update is Welford's [1] for as many rows as the memory says. From then on the count stays
 * at that number, which turns mean and variance into exponential averages over about as many rows.
 * In double precision. Owned by one thread.
 *
 * <p>[1] B. P. Welford, Note on a Method for Calculating Corrected Sums of Squares and Products,
 * Technometrics 4(3), 1962.
 */
public final class RowMoments {
  /**
   * The least variance that numbers are scaled by, as a share of the largest variance so far. It
   * bounds a value that returns after a long constant stretch.
   */
  private static final double LEAST_SHARE = 1e-12;

  private final int memory;
  private final double[] mean;
  private final double[] variance;
  private final double[] widest;
  private long count;

  /**
   * @param width numbers of a row
   * @param memory rows after which older ones begin to be forgotten
   */
  public RowMoments(int width, int memory) {
    this.memory = memory;
    mean = new double[width];
    variance = new double[width];
    widest = new double[width];
  }

  /**
   * Returns the factor for numbers whose mean was subtracted; 0 if they differ by no more than
   * rounding.
   *
   * @param widest the largest variance so far
   */
  static double scale(double mean, double variance, double widest) {
    double rounding = Precision.ROUNDING * mean;
    return variance > rounding * rounding
        ? Math.min(Float.MAX_VALUE, 1 / Math.sqrt(Math.max(variance, LEAST_SHARE * widest)))
        : 0;
  }

  /** Learns one row: {@code [width]}. */
  public void learn(double[] row) {
    count = Math.min(count + 1, memory);
    double share = 1.0 / count;
    for (int i = 0; i < mean.length; i++) {
      double deviation = row[i] - mean[i];
      mean[i] += deviation * share;
      variance[i] += (deviation * (row[i] - mean[i]) - variance[i]) * share;
    }
  }

  /** Ends the learning of a mini-batch's rows; {@link #scale(int)} follows them from now on. */
  public void refresh() {
    for (int i = 0; i < widest.length; i++) {
      widest[i] = Math.max(widest[i], variance[i]);
    }
  }

  /** Returns the mean of a number; 0 before the first row. */
  public double mean(int number) {
    return mean[number];
  }

  /** Returns one by the standard deviation of a number; 0 if it was always the same. */
  public double scale(int number) {
    return scale(mean[number], variance[number], widest[number]);
  }

  public void copyFrom(RowMoments other) {
    System.arraycopy(other.mean, 0, mean, 0, mean.length);
    System.arraycopy(other.variance, 0, variance, 0, variance.length);
    System.arraycopy(other.widest, 0, widest, 0, widest.length);
    count = other.count;
  }

  public void save(State state) {
    state.put("mean", mean);
    state.put("variance", variance);
    state.put("widest", widest);
    state.put("count", count);
  }

  public void restore(State state) {
    state.read("mean", mean);
    state.read("variance", variance);
    state.read(state.has("widest") ? "widest" : "variance", widest); // older ones have none
    count = state.integer("count");
  }
}
