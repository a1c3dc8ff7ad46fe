package io.millrace.learning.drift;

import io.millrace.learning.state.State;
import java.util.Optional;

/**
 * ADWIN: a window that grows while its values are alike. It signals a drift when an older part has
 * another mean than the newer part.
 *
 * <p>A. Bifet, R. Gavalda, "Learning from Time-Changing Data with Adaptive Windowing", SDM 2007.
 *
 * <p>The beginning of a drift is estimated by the split with the least variation within both parts.
 * The part of the window that is left after a drift is a much less precise estimate.
 */
final class AdaptiveWindow implements DriftDetector {

  /**
   * The options.
   *
   * @param delta the probability of a false alarm in a window without drift
   * @param clock values between two checks
   * @param maxBuckets buckets of one size that are not joined yet
   * @param minWindowLength values that both parts need
   * @param gracePeriod values before the first check
   * @param risesOnly whether a lower mean is only forgotten and not reported as a drift
   */
  record Options(
      double delta,
      int clock,
      int maxBuckets,
      int minWindowLength,
      int gracePeriod,
      boolean risesOnly) {}

  private final Options options;
  private final ExponentialHistogram window;
  private long ticks;
  private boolean changed;
  private long newer;
  private boolean rises;

  AdaptiveWindow(Options options) {
    this.options = options;
    this.window = new ExponentialHistogram(options.maxBuckets);
  }

  @Override
  public boolean update(double value) {
    if (changed) {
      reset();
    }
    window.add(value);
    ticks++;
    changed =
        ticks % options.clock == 0
            && window.size() > options.gracePeriod
            && window.anySplit(this::isChange);
    if (changed) {
      findBestSplit();
    }
    return changed && (rises || !options.risesOnly);
  }

  /** Returns the number of values after the best split. */
  @Override
  public long valuesSinceDrift() {
    return newer;
  }

  /**
   * Returns the distance of the means beside its bound, at the split where it is the largest share
   * of that.
   */
  @Override
  public Optional<Evidence> evidence() {
    double[] largest = {Double.NEGATIVE_INFINITY, 0, 0};
    window.anySplit(
        (olderSize, olderTotal) -> {
          if (isLongEnough(olderSize, window.size() - olderSize)) {
            double shift = shift(olderSize, olderTotal);
            double bound = bound(olderSize);
            if (shift / bound > largest[0]) {
              largest[0] = shift / bound;
              largest[1] = shift;
              largest[2] = bound;
            }
          }
          return false;
        });
    return largest[0] < 0 ? Optional.empty() : Optional.of(new Evidence(largest[1], largest[2]));
  }

  private boolean isChange(double olderSize, double olderTotal) {
    return isLongEnough(olderSize, window.size() - olderSize)
        && shift(olderSize, olderTotal) > bound(olderSize);
  }

  /** Returns the distance between the means of both parts. */
  private double shift(double olderSize, double olderTotal) {
    double newerSize = window.size() - olderSize;
    return Math.abs(olderTotal / olderSize - (window.total() - olderTotal) / newerSize);
  }

  /** Returns the largest distance that chance explains. */
  private double bound(double olderSize) {
    double newerSize = window.size() - olderSize;
    double variance = window.variation() / window.size();
    double confidence = Math.log(2 * Math.log(window.size()) / options.delta);
    double reciprocal =
        1 / (olderSize - options.minWindowLength + 1)
            + 1 / (newerSize - options.minWindowLength + 1);
    return Math.sqrt(2 * reciprocal * variance * confidence) + 2.0 / 3 * confidence * reciprocal;
  }

  private boolean isLongEnough(double olderSize, double newerSize) {
    return Math.min(olderSize, newerSize) >= options.minWindowLength;
  }

  private void findBestSplit() {
    double[] most = {-1};
    window.anySplit(
        (olderSize, olderTotal) -> {
          double newerSize = window.size() - olderSize;
          double newerTotal = window.total() - olderTotal;
          double between =
              ExponentialHistogram.variationBetween(olderSize, olderTotal, newerSize, newerTotal);
          if (isLongEnough(olderSize, newerSize) && between > most[0]) {
            most[0] = between;
            newer = (long) newerSize;
            rises = newerTotal / newerSize > olderTotal / olderSize;
          }
          return false;
        });
  }

  @Override
  public void reset() {
    window.clear();
    ticks = 0;
    changed = false;
    newer = 0;
    rises = false;
  }

  @Override
  public void save(State state) {
    window.save(state.child("window"));
    state.put("ticks", ticks);
    state.put("changed", changed);
    state.put("newer", newer);
    state.put("rises", rises);
  }

  @Override
  public void restore(State state) {
    window.restore(state.child("window"));
    ticks = state.integer("ticks");
    changed = state.flag("changed");
    newer = state.integer("newer");
    rises = state.flag("rises");
  }
}
