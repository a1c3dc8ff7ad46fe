package io.millrace.learning.policies;

import io.millrace.learning.state.State;
import org.jspecify.annotations.Nullable;

/**
 * Advises a lower learning rate when the monitored value has stopped improving.
 *
 * <p>Like Keras' callback, but with evaluations instead of epochs: after {@code patience}
 * evaluations in a row without improvement, the rate is multiplied by {@code factor} and a cooldown
 * begins. The last evaluation of the cooldown already counts as waiting. A value that is not finite
 * is never an improvement; an evaluation without a measured value is skipped. Not thread-safe.
 */
public final class ReduceLearningRateOnPlateau {
  private final ReduceLearningRateSettings settings;
  private double best;
  private boolean improved;
  private long waited;
  private long cooldown;

  public ReduceLearningRateOnPlateau(ReduceLearningRateSettings settings) {
    this.settings = settings;
    this.best = settings.direction().worst();
  }

  /**
   * Takes an evaluation.
   *
   * @param value the monitored value
   * @param pair the best weights against the current ones; absent: values are compared
   * @param learningRate the current rate
   * @return the rate from now on
   */
  public double after(double value, @Nullable PairedComparison pair, double learningRate) {
    if (cooldown > 0) {
      cooldown--;
      waited = 0;
    }
    improved = improves(value, pair);
    if (improved) {
      best = value;
      waited = 0;
      return learningRate;
    }
    if (cooldown > 0) {
      return learningRate;
    }
    waited++;
    return waited >= settings.patience() ? reduced(learningRate) : learningRate;
  }

  /**
   * Returns whether the last evaluation was an improvement, so that its weights are the best so
   * far.
   */
  public boolean hasImproved() {
    return improved;
  }

  /** Begins a new round. */
  public void reset() {
    best = settings.direction().worst();
    improved = false;
    waited = 0;
    cooldown = 0;
  }

  public void save(State state) {
    state.put("best", best);
    state.put("improved", improved);
    state.put("waited", waited);
    state.put("cooldown", cooldown);
  }

  public void restore(State state) {
    best = state.decimal("best");
    improved = state.flag("improved");
    waited = state.integer("waited");
    cooldown = state.integer("cooldown");
  }

  private double reduced(double learningRate) {
    if (learningRate <= settings.minLearningRate()) {
      return learningRate;
    }
    cooldown = settings.cooldown();
    waited = 0;
    return Math.max(learningRate * settings.factor(), settings.minLearningRate());
  }

  private boolean improves(double value, @Nullable PairedComparison pair) {
    if (!Double.isFinite(value)) {
      return false;
    }
    if (pair != null && Double.isFinite(best)) {
      return pair.isImprovement(delta(), settings.significance());
    }
    return settings.direction().isBetter(value, settings.direction().better(best, delta()));
  }

  private double delta() {
    boolean relative = settings.thresholdMode() == ReduceLearningRateSettings.ThresholdMode.REL;
    return relative && Double.isFinite(best)
        ? settings.minDelta() * Math.abs(best)
        : settings.minDelta();
  }
}
