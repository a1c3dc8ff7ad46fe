package io.millrace.learning.drift;

import io.millrace.learning.state.State;
import java.util.Arrays;

/** The buckets of one size, oldest first, each with the sum and the variation of its values. */
final class BucketRow {
  private final double[] totals;
  private final double[] variations;
  private int count;

  /**
   * @param capacity the buckets that fit, one more than may stay
   */
  BucketRow(int capacity) {
    this.totals = new double[capacity];
    this.variations = new double[capacity];
  }

  int count() {
    return count;
  }

  double total(int bucket) {
    return totals[bucket];
  }

  double variation(int bucket) {
    return variations[bucket];
  }

  void add(double total, double variation) {
    totals[count] = total;
    variations[count] = variation;
    count++;
  }

  void removeOldest(int buckets) {
    count -= buckets;
    System.arraycopy(totals, buckets, totals, 0, count);
    System.arraycopy(variations, buckets, variations, 0, count);
    Arrays.fill(totals, count, totals.length, 0);
    Arrays.fill(variations, count, variations.length, 0);
  }

  void save(State state) {
    state.put("count", count);
    state.put("totals", totals);
    state.put("variations", variations);
  }

  void restore(State state) {
    count = Math.toIntExact(state.integer("count"));
    state.read("totals", totals);
    state.read("variations", variations);
  }
}
