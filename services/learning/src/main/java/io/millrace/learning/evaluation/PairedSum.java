package io.millrace.learning.evaluation;

import io.millrace.learning.policies.PairedComparison;
import io.millrace.learning.state.State;

/**
 * The paired comparison of losses that arrive a few at a time, by Welford's recurrence. Losses that
 * are not finite count as {@link PairedComparison} says. Owned by one thread.
 */
public final class PairedSum {
  private long count;
  private double mean;
  private double squares;
  private long unmeasured;

  /** Returns how many pairs had two finite losses. */
  public long count() {
    return count;
  }

  /** Adds pairs of losses: those of other weights, and those of the watched weights. */
  public void add(float[] otherLosses, float[] ownLosses, int records) {
    for (int i = 0; i < records; i++) {
      if (PairedComparison.isMeasured(otherLosses[i], ownLosses[i])) {
        add((double) otherLosses[i] - ownLosses[i]);
      } else {
        unmeasured += PairedComparison.unmeasuredByCurrent(otherLosses[i], ownLosses[i]);
      }
    }
  }

  private void add(double difference) {
    double deviation = difference - mean;
    mean += deviation / ++count;
    squares += deviation * (difference - mean);
  }

  /** Returns the comparison of the pairs so far. */
  public PairedComparison comparison() {
    if (unmeasured != 0) {
      return PairedComparison.unmeasured(unmeasured);
    }
    double variance = count > 1 ? squares / (count - 1) : 0;
    return new PairedComparison(mean, count == 0 ? 0 : Math.sqrt(variance / count));
  }

  public void reset() {
    count = 0;
    mean = 0;
    squares = 0;
    unmeasured = 0;
  }

  public void save(State state) {
    state.put("count", count);
    state.put("mean", mean);
    state.put("squares", squares);
    state.put("unmeasured", unmeasured);
  }

  public void restore(State state) {
    count = state.integer("count");
    mean = state.decimal("mean");
    squares = state.decimal("squares");
    unmeasured = state.has("unmeasured") ? state.integer("unmeasured") : 0;
  }
}
