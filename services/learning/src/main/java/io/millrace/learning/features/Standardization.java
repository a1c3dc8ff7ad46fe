package io.millrace.learning.features;

import io.millrace.learning.state.State;

/**
 * Shifts and scales every number to mean 0 and variance 1, with statistics that are learned from
 * the stream and forget.
 *
 * <p>The update is Welford's [1] until {@value #MEMORY} rows were seen; from then on the count
 * stays there, which turns mean and variance into exponential averages over about that many rows,
 * so that inputs that drift stay scaled. Statistics are kept in double precision and applied in
 * single.
 *
 * <p>[1] B. P. Welford, Note on a Method for Calculating Corrected Sums of Squares and Products,
 * Technometrics 4(3), 1962.
 */
final class Standardization extends Transformation {
  static final int MEMORY = 1000;
  static final double SMALLEST_VARIANCE = 1e-12;

  private final Layout layout;
  private final int width;
  private final double[] mean;
  private final double[] variance;
  private final float[] shift;
  private final float[] scale;
  private long count;

  Standardization(Layout layout, int width) {
    this.layout = layout;
    this.width = width;
    this.mean = new double[width];
    this.variance = new double[width];
    this.shift = new float[width];
    this.scale = new float[width];
    refresh();
  }

  @Override
  void learn(float[] raw, int rows) {
    for (int row = 0; row < rows; row++) {
      count = Math.min(count + 1, MEMORY);
      learn(raw, layout.raw(row), 1.0 / count);
    }
    refresh();
  }

  @Override
  void apply(float[] raw, float[] target, int rows) {
    for (int row = 0; row < rows; row++) {
      int from = layout.raw(row);
      int to = layout.at(row);
      for (int i = 0; i < width; i++) {
        target[to + i] = (raw[from + i] - shift[i]) * scale[i];
      }
    }
  }

  @Override
  void copyFrom(Transformation source) {
    Standardization other = (Standardization) source;
    System.arraycopy(other.mean, 0, mean, 0, width);
    System.arraycopy(other.variance, 0, variance, 0, width);
    count = other.count;
    refresh();
  }

  @Override
  void save(State state) {
    state.put("mean", mean);
    state.put("variance", variance);
    state.put("count", count);
  }

  @Override
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
