package io.millrace.learning.drift;

import io.millrace.learning.state.State;
import java.util.Optional;

/**
 * The Page-Hinkley test: signals a drift when the values' excess over their mean, less a tolerance,
 * adds up to a threshold.
 *
 * <p>E. S. Page, "Continuous Inspection Schemes", Biometrika 1954.
 */
final class PageHinkley implements DriftDetector {

  /**
   * The options.
   *
   * @param minInstances values before the first decision
   * @param delta the tolerated excess
   * @param threshold the sum of excess that signals a drift
   * @param alpha the factor by which the sum fades with each value
   */
  record Options(int minInstances, double delta, double threshold, double alpha) {}

  private final Options options;
  private long count;
  private double mean;
  private double excess;
  private long sinceNoExcess;
  private boolean drifted;

  PageHinkley(Options options) {
    this.options = options;
  }

  @Override
  public boolean update(double value) {
    if (drifted) {
      reset();
    }
    count++;
    mean += (value - mean) / count;
    excess = Math.max(0, options.alpha * excess + (value - mean - options.delta));
    sinceNoExcess = excess == 0 ? 0 : sinceNoExcess + 1;
    // like River, which counts from one and includes the current value
    drifted = count + 1 >= options.minInstances && excess >= options.threshold;
    return drifted;
  }

  /** Returns the number of values since the excess was last zero. */
  @Override
  public long valuesSinceDrift() {
    return sinceNoExcess;
  }

  /** Returns the excess beside the threshold. */
  @Override
  public Optional<Evidence> evidence() {
    return count + 1 < options.minInstances
        ? Optional.empty()
        : Optional.of(new Evidence(excess, options.threshold));
  }

  @Override
  public void reset() {
    count = 0;
    mean = 0;
    excess = 0;
    sinceNoExcess = 0;
    drifted = false;
  }

  @Override
  public void save(State state) {
    state.put("count", count);
    state.put("mean", mean);
    state.put("excess", excess);
    state.put("since_no_excess", sinceNoExcess);
    state.put("drifted", drifted);
  }

  @Override
  public void restore(State state) {
    count = state.integer("count");
    mean = state.decimal("mean");
    excess = state.decimal("excess");
    sinceNoExcess = state.integer("since_no_excess");
    drifted = state.flag("drifted");
  }
}
