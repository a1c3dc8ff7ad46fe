package io.millrace.learning.drift;

import io.millrace.learning.state.State;
import java.util.Optional;

/**
 * DDM: signals a drift when the error rate has risen by several standard deviations above its
 * minimum. Values are 0 for a correct and 1 for a wrong prediction.
 *
 * <p>J. Gama et al., "Learning with Drift Detection", SBIA 2004.
 */
final class DriftDetectionMethod implements DriftDetector {

  /**
   * The options.
   *
   * @param warmStart values before the first decision
   * @param warningThreshold standard deviations of a warning
   * @param driftThreshold standard deviations of a drift
   */
  record Options(int warmStart, double warningThreshold, double driftThreshold) {}

  private final Options options;
  private long count;
  private double share;
  private double lowestShare;
  private double lowestDeviation;
  private long sinceWarning;
  private boolean drifted;

  DriftDetectionMethod(Options options) {
    this.options = options;
    reset();
  }

  @Override
  public boolean update(double value) {
    if (drifted) {
      reset();
    }
    count++;
    share += (value - share) / count;
    if (count > options.warmStart) {
      decide(deviation());
    }
    return drifted;
  }

  private double deviation() {
    return Math.sqrt(share * (1 - share) / count);
  }

  private void decide(double deviation) {
    double level = share + deviation;
    if (level <= lowestShare + lowestDeviation) {
      lowestShare = share;
      lowestDeviation = deviation;
    }
    boolean warns = level > lowestShare + options.warningThreshold * lowestDeviation;
    sinceWarning = warns ? sinceWarning + 1 : 0;
    drifted = level > threshold();
  }

  private double threshold() {
    return lowestShare + options.driftThreshold * lowestDeviation;
  }

  /** Returns the number of values since the warning began. */
  @Override
  public long valuesSinceDrift() {
    return sinceWarning;
  }

  /** Returns the error rate with its deviation, beside the level that is a drift. */
  @Override
  public Optional<Evidence> evidence() {
    return count <= options.warmStart
        ? Optional.empty()
        : Optional.of(new Evidence(share + deviation(), threshold()));
  }

  @Override
  public void reset() {
    count = 0;
    share = 0;
    lowestShare = Double.POSITIVE_INFINITY;
    lowestDeviation = Double.POSITIVE_INFINITY;
    sinceWarning = 0;
    drifted = false;
  }

  @Override
  public void save(State state) {
    state.put("count", count);
    state.put("share", share);
    state.put("lowest_share", lowestShare);
    state.put("lowest_deviation", lowestDeviation);
    state.put("since_warning", sinceWarning);
    state.put("drifted", drifted);
  }

  @Override
  public void restore(State state) {
    count = state.integer("count");
    share = state.decimal("share");
    lowestShare = state.decimal("lowest_share");
    lowestDeviation = state.decimal("lowest_deviation");
    sinceWarning = state.integer("since_warning");
    drifted = state.flag("drifted");
  }
}
