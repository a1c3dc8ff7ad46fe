package io.millrace.learning.drift;

import io.millrace.learning.state.State;
import java.util.ArrayList;
import java.util.List;

/**
 * A window of values, summarized in rows of buckets that hold 1, 2, 4, ... values each.
 *
 * <p>A row has a few buckets; when there are too many, its two oldest are joined into one of the
 * next row. Memory and the time to traverse the window thus grow with the logarithm of its length.
 * Each bucket keeps its sum and its variation, the sum of squared deviations from its mean.
 *
 * <p>B. Babcock et al., "Maintaining Variance and k-Medians over Data Stream Windows", PODS 2003.
 */
final class ExponentialHistogram {
  private final int maxBuckets;
  private final List<BucketRow> rows = new ArrayList<>();
  private double size;
  private double total;
  private double variation;

  /** Tests a split between two buckets, given the values before it. */
  @FunctionalInterface
  interface SplitTest {
    boolean test(double olderSize, double olderTotal);
  }

  /**
   * @param maxBuckets buckets of a row that are not joined
   */
  ExponentialHistogram(int maxBuckets) {
    this.maxBuckets = maxBuckets;
    clear();
  }

  /** Returns the number of values in the window, as a double for arithmetic. */
  double size() {
    return size;
  }

  double total() {
    return total;
  }

  /** Returns the sum of the squared deviations of all values from their mean. */
  double variation() {
    return variation;
  }

  void clear() {
    rows.clear();
    rows.add(new BucketRow(maxBuckets + 1));
    size = 0;
    total = 0;
    variation = 0;
  }

  void add(double value) {
    rows.get(0).add(value, 0);
    variation += size == 0 ? 0 : variationBetween(1, value, size, total);
    size++;
    total += value;
    for (int row = 0; row < rows.size() && rows.get(row).count() > maxBuckets; row++) {
      joinOldest(row);
    }
  }

  /** Tests the splits from old to new until a test returns true. */
  boolean anySplit(SplitTest test) {
    double olderSize = 0;
    double olderTotal = 0;
    for (int row = rows.size() - 1; row >= 0; row--) {
      BucketRow buckets = rows.get(row);
      for (int i = 0; i < buckets.count(); i++) {
        olderSize += bucketSize(row);
        olderTotal += buckets.total(i);
        if (test.test(olderSize, olderTotal)) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * Returns the variation that the distance of two parts' means adds to the variation of their
   * union.
   */
  static double variationBetween(double size, double total, double otherSize, double otherTotal) {
    double distance = total / size - otherTotal / otherSize;
    return size * otherSize * distance * distance / (size + otherSize);
  }

  private void joinOldest(int row) {
    if (row + 1 == rows.size()) {
      rows.add(new BucketRow(maxBuckets + 1));
    }
    BucketRow buckets = rows.get(row);
    double size = bucketSize(row);
    double between = variationBetween(size, buckets.total(0), size, buckets.total(1));
    rows.get(row + 1)
        .add(
            buckets.total(0) + buckets.total(1),
            buckets.variation(0) + buckets.variation(1) + between);
    buckets.removeOldest(2);
  }

  private static double bucketSize(int row) {
    return Math.scalb(1.0, row);
  }

  void save(State state) {
    state.put("size", size);
    state.put("total", total);
    state.put("variation", variation);
    state.put("rows", rows.size());
    for (int row = 0; row < rows.size(); row++) {
      rows.get(row).save(state.child("row" + row));
    }
  }

  void restore(State state) {
    size = state.decimal("size");
    total = state.decimal("total");
    variation = state.decimal("variation");
    rows.clear();
    for (int row = 0; row < state.integer("rows"); row++) {
      rows.add(new BucketRow(maxBuckets + 1));
      rows.get(row).restore(state.child("row" + row));
    }
  }
}
