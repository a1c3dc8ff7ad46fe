package io.millrace.learning;

import io.millrace.learning.state.State;

/**
 * Shifts and scales every feature of one input to mean 0 and variance 1, with statistics that are
 * learned from the stream and forget.
 *
 * <p>The update is Welford's [1] until {@value #MEMORY} rows were seen; from then on the count
 * stays there, which turns mean and variance into exponential averages over about that many rows,
 * so that inputs that drift stay scaled. Statistics are kept in double precision and applied in
 * single, by the same code in training and in serving. Owned by one thread.
 *
 * <p>[1] B. P. Welford, Note on a Method for Calculating Corrected Sums of Squares and Products,
 * Technometrics 4(3), 1962.
 */
final class Standardization {
  private static final int MEMORY = 1000;
  private static final double SMALLEST_VARIANCE = 1e-12;

  private final int width;
  private final double[] mean;
  private final double[] variance;
  private final float[] shift;
  private final float[] scale;
  private long count;

  Standardization(int width) {
    this.width = width;
    this.mean = new double[width];
    this.variance = new double[width];
    this.shift = new float[width];
    this.scale = new float[width];
    refresh();
  }

  /** Learns from the first {@code rows} rows of {@code values}: {@code [rows, width]}. */
  void learn(float[] values, int rows) {
    for (int row = 0; row < rows; row++) {
      count = Math.min(count + 1, MEMORY);
      learn(values, row * width, 1.0 / count);
    }
    refresh();
  }

  /** Standardizes the first {@code rows} rows of {@code values} in place: {@code [rows, width]}. */
  void apply(float[] values, int rows) {
    for (int row = 0; row < rows; row++) {
      int start = row * width;
      for (int i = 0; i < width; i++) {
        values[start + i] = (values[start + i] - shift[i]) * scale[i];
      }
    }
  }

  void copyFrom(Standardization other) {
    System.arraycopy(other.mean, 0, mean, 0, width);
    System.arraycopy(other.variance, 0, variance, 0, width);
    count = other.count;
    refresh();
  }

  void save(State state) {
    state.put("mean", mean);
    state.put("variance", variance);
    state.put("count", count);
  }

  void restore(State state) {
    state.read("mean", mean);
    state.read("variance", variance);
    count = state.integer("count");
    refresh();
  }

  private void learn(float[] values, int start, double share) {
    for (int i = 0; i < width; i++) {
      double deviation = values[start + i] - mean[i];
      mean[i] += deviation * share;
      variance[i] += (deviation * (values[start + i] - mean[i]) - variance[i]) * share;
    }
  }

  private void refresh() {
    for (int i = 0; i < width; i++) {
      shift[i] = (float) mean[i];
      scale[i] = variance[i] > SMALLEST_VARIANCE ? (float) (1 / Math.sqrt(variance[i])) : 1;
    }
  }
}
