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

  /**
   * Numbers of which a loop is long enough to be vectorized, and few enough to stay in the cache.
   */
  private static final int LINE = 512;

  /** Below this width a row is scaled sooner than copied. */
  private static final int NARROW = 16;

  private final Layout layout;
  private final int width;
  private final double[] mean;
  private final double[] variance;
  private final int lineRows;
  private final float[] line; // [lineRows, width], as the next two
  private final float[] shift;
  private final float[] scale;
  private long count;

  Standardization(Layout layout, int width) {
    this.layout = layout;
    this.width = width;
    this.mean = new double[width];
    this.variance = new double[width];
    this.lineRows = width < NARROW ? 1 : Math.max(1, LINE / width);
    this.line = new float[lineRows * width];
    this.shift = new float[lineRows * width];
    this.scale = new float[lineRows * width];
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
    if (width < NARROW) {
      applyByRow(raw, target, rows);
      return;
    }
    for (int first = 0; first < rows; first += lineRows) {
      applyToLine(raw, target, first, Math.min(lineRows, rows - first));
    }
  }

  private void applyByRow(float[] raw, float[] target, int rows) {
    for (int row = 0; row < rows; row++) {
      int from = layout.raw(row);
      int to = layout.at(row);
      for (int i = 0; i < width; i++) {
        target[to + i] = (raw[from + i] - shift[i]) * scale[i];
      }
    }
  }

  /**
   * Copies some rows to a line, there and back: the compiler vectorizes a loop only where all its
   * arrays have the same index.
   */
  private void applyToLine(float[] raw, float[] target, int first, int rows) {
    copy(raw, layout.raw(first), layout.rawStride(), line, 0, width, rows);
    for (int i = 0; i < rows * width; i++) {
      line[i] = (line[i] - shift[i]) * scale[i];
    }
    copy(line, 0, width, target, layout.at(first), layout.stride(), rows);
  }

  /**
   * Copies rows of this width from one stride to another; at once where there is nothing between.
   */
  private void copy(
      float[] from, int start, int stride, float[] to, int toStart, int toStride, int rows) {
    if (stride == width && toStride == width) {
      System.arraycopy(from, start, to, toStart, rows * width);
      return;
    }
    for (int row = 0; row < rows; row++) {
      System.arraycopy(from, start + row * stride, to, toStart + row * toStride, width);
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
    for (int row = 1; row < lineRows; row++) {
      System.arraycopy(shift, 0, shift, row * width, width);
      System.arraycopy(scale, 0, scale, row * width, width);
    }
  }
}
