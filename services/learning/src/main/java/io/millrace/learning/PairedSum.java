package io.millrace.learning;

import io.millrace.learning.policies.PairedComparison;
import io.millrace.learning.state.State;

/**
 * The paired comparison of losses that come a few at a time, by Welford's recurrence. Owned by one
 * thread.
 */
final class PairedSum {
  private long count;
  private double mean;
  private double squares;

  long count() {
    return count;
  }

  /** Takes pairs of losses: those of other weights and the watched weights' own. */
  void add(float[] otherLosses, float[] ownLosses, int records) {
    for (int i = 0; i < records; i++) {
      double difference = (double) otherLosses[i] - ownLosses[i];
      double deviation = difference - mean;
      mean += deviation / ++count;
      squares += deviation * (difference - mean);
    }
  }

  PairedComparison comparison() {
    double variance = count > 1 ? squares / (count - 1) : 0;
    return new PairedComparison(mean, count == 0 ? 0 : Math.sqrt(variance / count));
  }

  void reset() {
    count = 0;
    mean = 0;
    squares = 0;
  }

  void save(State state) {
    state.put("count", count);
    state.put("mean", mean);
    state.put("squares", squares);
  }

  void restore(State state) {
    count = state.integer("count");
    mean = state.decimal("mean");
    squares = state.decimal("squares");
  }
}
