package io.millrace.learning.features;

import io.millrace.learning.state.State;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Shifts and scales every number to mean 0 and variance 1, with statistics that are learned from
 * the stream and forget.
 *
 * <p>After {@value #MEMORY} rows the {@linkplain RowMoments statistics} begin to forget, so
 * drifting inputs stay scaled. They are kept in double precision and applied in single precision.
 * The mean is split in two parts, as the numbers are, so an offset costs no digits. Numbers that
 * differ by no more than rounding become 0.
 */
final class Standardization extends Transformation {
  static final int MEMORY = 1000;

  /** Numbers in a line: enough for a vectorized loop, and few enough for the cache. */
  private static final int LINE = 512;

  /** Below this width, scaling a row directly is faster than copying it to a line. */
  private static final int NARROW = 16;

  private final Layout layout;
  private final int width;
  private final NumberCells cells;
  private final RowMoments moments;
  private final double[] exact; // one row
  private final int lineRows;
  private final float[] line; // [lineRows, width], as the next four
  private final float[] rests; // zeros for numbers of one cell
  private final float[] shift;
  private final float[] restShift;
  private final float[] scale;

  Standardization(Layout layout, int width, NumberCells cells) {
    this.layout = layout;
    this.width = width;
    this.cells = cells;
    this.moments = new RowMoments(width, MEMORY);
    this.exact = new double[width];
    this.lineRows = width < NARROW ? 1 : Math.max(1, LINE / width);
    this.line = new float[lineRows * width];
    this.rests = new float[lineRows * width];
    this.shift = new float[lineRows * width];
    this.restShift = new float[lineRows * width];
    this.scale = new float[lineRows * width];
    refresh();
  }

  @Override
  void learn(float[] raw, int rows) {
    for (int row = 0; row < rows; row++) {
      gatherExactly(raw, layout.raw(row));
      moments.learn(exact);
    }
    moments.refresh();
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
      int to = layout.at(row);
      for (int i = 0, from = layout.raw(row); i < width; i++, from += cells.step()) {
        float rest = cells.rest() == 0 ? 0 : raw[from + cells.rest()];
        target[to + i] = (raw[from] - shift[i] + (rest + restShift[i])) * scale[i];
      }
    }
  }

  /**
   * Copies some rows to a line, scales them and copies them back. The compiler vectorizes a loop
   * only if all its arrays have the same index.
   */
  private void applyToLine(float[] raw, float[] target, int first, int rows) {
    gather(raw, layout.raw(first), rows);
    for (int i = 0; i < rows * width; i++) {
      line[i] = (line[i] - shift[i] + (rests[i] + restShift[i])) * scale[i];
    }
    copy(line, 0, width, target, layout.at(first), layout.stride(), rows);
  }

  /** Copies the numbers of some rows to {@link #line} and their rests to {@link #rests}. */
  private void gather(float[] raw, int start, int rows) {
    if (cells.step() > 1) {
      gatherPairs(raw, start, rows);
      return;
    }
    copy(raw, start, layout.rawStride(), line, 0, width, rows);
    if (cells.rest() > 0) {
      copy(raw, start + cells.rest(), layout.rawStride(), rests, 0, width, rows);
    }
  }

  private void gatherPairs(float[] raw, int start, int rows) {
    for (int row = 0; row < rows; row++) {
      int from = start + row * layout.rawStride();
      int to = row * width;
      for (int i = 0; i < width; i++) {
        line[to + i] = raw[from + 2 * i];
        rests[to + i] = raw[from + 2 * i + 1];
      }
    }
  }

  /** Copies rows of this width from one stride to another, in one call if both are dense. */
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
    moments.copyFrom(((Standardization) source).moments);
    refresh();
  }

  @Override
  Optional<LinearScaling> linear() {
    return IntStream.range(0, width)
        .mapToObj(i -> LinearScaling.of(moments.mean(i), spread(moments.scale(i))))
        .reduce(LinearScaling::and);
  }

  private static double spread(double scale) {
    return scale == 0 ? 0 : 1 / scale;
  }

  @Override
  void save(State state) {
    moments.save(state);
  }

  @Override
  void restore(State state) {
    moments.restore(state);
    refresh();
  }

  /** Copies the numbers of a row to {@link #exact}: a loop for each way that they can stand. */
  private void gatherExactly(float[] raw, int start) {
    int rest = cells.rest();
    if (cells.step() > 1) {
      for (int i = 0; i < width; i++) {
        exact[i] = (double) raw[start + 2 * i] + raw[start + 2 * i + 1];
      }
    } else if (rest > 0) {
      for (int i = 0; i < width; i++) {
        exact[i] = (double) raw[start + i] + raw[start + rest + i];
      }
    } else {
      for (int i = 0; i < width; i++) {
        exact[i] = raw[start + i];
      }
    }
  }

  private void refresh() {
    for (int i = 0; i < width; i++) {
      shift[i] = (float) moments.mean(i);
      restShift[i] = 0 - Precision.rest(moments.mean(i)); // never -0: a rest of 0 changes no bit
      scale[i] = (float) moments.scale(i);
    }
    for (int row = 1; row < lineRows; row++) {
      System.arraycopy(shift, 0, shift, row * width, width);
      System.arraycopy(restShift, 0, restShift, row * width, width);
      System.arraycopy(scale, 0, scale, row * width, width);
    }
  }
}
