package io.millrace.page.history;

import java.util.Arrays;
import java.util.BitSet;

/**
 * One number over rows. A row holds one value, or the least, the largest and the last of several.
 * NaN stands for no value. Confined to its {@link Curves}.
 */
final class Curve {
  private final double[] min;
  private final double[] max;
  private final double[] last;

  /** The rows whose largest value came before their least. */
  private final BitSet falling = new BitSet();

  Curve(int capacity) {
    min = new double[capacity];
    max = new double[capacity];
    last = new double[capacity];
    Arrays.fill(min, Double.NaN);
    Arrays.fill(max, Double.NaN);
    Arrays.fill(last, Double.NaN);
  }

  void add(int row, double value) {
    if (!Double.isFinite(value)) {
      return;
    }
    if (Double.isNaN(last[row])) {
      min[row] = value;
      max[row] = value;
    } else if (value < min[row]) {
      min[row] = value;
      falling.set(row);
    } else if (value > max[row]) {
      max[row] = value;
      falling.clear(row);
    }
    last[row] = value;
  }

  /** Merges each two neighbours of the first {@code rows}, which are even in number. */
  void halve(int rows) {
    for (int row = 0; row < rows / 2; row++) {
      Extremes merged = extremes(2 * row, 2 * row + 2);
      double newest = Double.isNaN(last[2 * row + 1]) ? last[2 * row] : last[2 * row + 1];
      set(row, merged, newest);
    }
    Extremes none = new Extremes(Double.NaN, Double.NaN);
    for (int row = rows / 2; row < rows; row++) {
      set(row, none, Double.NaN);
    }
  }

  /** Returns the extremes of the rows from {@code begin} to before {@code end}. */
  Extremes extremes(int begin, int end) {
    Extremes all = new Extremes(Double.NaN, Double.NaN);
    for (int row = begin; row < end; row++) {
      if (!Double.isNaN(last[row])) {
        boolean isFalling = falling.get(row);
        all = all.then(isFalling ? max[row] : min[row]).then(isFalling ? min[row] : max[row]);
      }
    }
    return all;
  }

  double last(int row) {
    return last[row];
  }

  private void set(int row, Extremes extremes, double newest) {
    min[row] = Math.min(extremes.first(), extremes.second());
    max[row] = Math.max(extremes.first(), extremes.second());
    last[row] = newest;
    falling.set(row, extremes.first() > extremes.second());
  }

  /**
   * The least and the largest of some values.
   *
   * @param first the one that came first; NaN if there are no values
   * @param second the one that came later
   */
  record Extremes(double first, double second) {

    /** Returns the extremes with one more value. */
    Extremes then(double value) {
      if (Double.isNaN(first)) {
        return new Extremes(value, value);
      }
      double least = Math.min(first, second);
      double largest = Math.max(first, second);
      if (value < least) {
        return new Extremes(largest, value);
      }
      return value > largest ? new Extremes(least, value) : this;
    }
  }
}
