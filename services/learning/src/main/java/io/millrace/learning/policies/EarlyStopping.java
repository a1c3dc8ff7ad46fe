package io.millrace.learning.policies;

import io.millrace.learning.state.State;
import org.jspecify.annotations.Nullable;

/**
 * Advises to stop training when the monitored value has stopped improving.
 *
 * <p>Like Keras' callback, but with evaluations instead of epochs: training stops after {@code
 * patience} evaluations in a row without improvement. The first value is an improvement. A value
 * that is not finite never is, whereas Keras could make it the best. Not thread-safe.
 */
public final class EarlyStopping {

  /** The advice after an evaluation. */
  public enum Advice {
    /** The weights are the best so far; keep a copy. */
    IMPROVED,
    /** Continue training. */
    CONTINUE,
    /** Stop: training no longer improves the model. */
    STOP
  }

  private final EarlyStoppingSettings settings;
  private long evaluations;
  private long bestEvaluation = -1;
  private double best;
  private long waited;

  public EarlyStopping(EarlyStoppingSettings settings) {
    this.settings = settings;
  }

  /**
   * Takes an evaluation.
   *
   * @param value the monitored value
   * @param pair the best weights against the current ones; absent: values are compared
   */
  public Advice after(double value, @Nullable PairedComparison pair) {
    long evaluation = evaluations++;
    if (evaluation < settings.startFromEvaluation()) {
      return Advice.CONTINUE;
    }
    waited++;
    if (improves(value, pair)) {
      best = value;
      bestEvaluation = evaluation;
      if (beatsBaseline(value)) {
        waited = 0;
      }
      return Advice.IMPROVED;
    }
    return waited >= settings.patience() && evaluation > 0 ? Advice.STOP : Advice.CONTINUE;
  }

  /** Skips an evaluation whose value could not be measured, as Keras does. */
  public void passOver() {
    evaluations++;
  }

  /** Returns the number of the evaluation with the best value, from 0; -1 if there is none yet. */
  public long bestEvaluation() {
    return bestEvaluation;
  }

  /** Returns whether there is a best value. */
  public boolean hasBest() {
    return bestEvaluation >= 0;
  }

  /** Returns the best value as it was measured; 0 if there is none yet. */
  public double best() {
    return best;
  }

  /** Begins a new round. */
  public void reset() {
    evaluations = 0;
    bestEvaluation = -1;
    best = 0;
    waited = 0;
  }

  public void save(State state) {
    state.put("evaluations", evaluations);
    state.put("best_evaluation", bestEvaluation);
    state.put("best", best);
    state.put("waited", waited);
  }

  public void restore(State state) {
    evaluations = state.integer("evaluations");
    bestEvaluation = state.integer("best_evaluation");
    best = state.decimal("best");
    waited = state.integer("waited");
  }

  private boolean improves(double value, @Nullable PairedComparison pair) {
    if (!Double.isFinite(value)) {
      return false;
    }
    if (!hasBest()) {
      return true;
    }
    return pair == null
        ? beats(value, best)
        : pair.isImprovement(settings.minDelta(), settings.significance());
  }

  private boolean beatsBaseline(double value) {
    return settings.baseline().isEmpty() || beats(value, settings.baseline().getAsDouble());
  }

  private boolean beats(double value, double bound) {
    Direction direction = settings.direction();
    return direction.isBetter(direction.worse(value, settings.minDelta()), bound);
  }
}
