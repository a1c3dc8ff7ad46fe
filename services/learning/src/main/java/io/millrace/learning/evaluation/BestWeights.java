package io.millrace.learning.evaluation;

import io.millrace.learning.model.Weights;
import io.millrace.learning.policies.PairedComparison;
import io.millrace.learning.state.State;
import java.util.Map;

/**
 * The best weights by one policy, with their losses on the records of the window.
 *
 * <p>They stay until they are beaten, so they score every held-out record once. A paired comparison
 * thus costs little more than scoring the current weights. Owned by one thread.
 */
public final class BestWeights {
  private final Weights weights;
  private final float[] losses;
  private final float[] inOrder;
  private long scoredUpTo;

  public BestWeights(Weights weights, int windowCapacity) {
    this.weights = weights;
    this.losses = new float[windowCapacity];
    this.inOrder = new float[windowCapacity];
  }

  public Weights weights() {
    return weights;
  }

  /**
   * Compares the current weights with these on the current window.
   *
   * @param currentLosses of the records in the window, oldest first
   */
  public PairedComparison against(
      float[] currentLosses, RollingWindow window, Evaluator evaluator) {
    lossesFrom(window.oldest(), window, evaluator, inOrder);
    return PairedComparison.of(inOrder, currentLosses, window.size());
  }

  /** Writes the losses of these weights on the window's records from number {@code from} on. */
  public void lossesFrom(long from, RollingWindow window, Evaluator evaluator, float[] target) {
    long unscored = Math.max(scoredUpTo, window.oldest());
    if (unscored < window.end()) {
      evaluator.score(weights, window, unscored, inOrder);
      note(inOrder, window, unscored);
    }
    for (long number = from; number < window.end(); number++) {
      target[(int) (number - from)] = losses[window.slot(number)];
    }
  }

  /** Loads other weights, which have scored nothing yet. */
  public void load(Weights other) {
    weights.copyFrom(other);
    scoredUpTo = 0;
  }

  /** Loads other weights, which have scored nothing yet. */
  public void load(State other) {
    weights.restore(other);
    scoredUpTo = 0;
  }

  public void copyFrom(BestWeights other) {
    weights.copyFrom(other.weights);
    System.arraycopy(other.losses, 0, losses, 0, losses.length);
    scoredUpTo = other.scoredUpTo;
  }

  /** Returns loss and metrics of these weights on the current window, by Keras' names. */
  public Map<String, Double> score(RollingWindow window, Evaluator evaluator) {
    return evaluator.score(weights, window, window.oldest(), inOrder);
  }

  /** Replaces these weights by the current ones, with their losses on the window. */
  public void become(Weights current, float[] currentLosses, RollingWindow window) {
    weights.copyFrom(current);
    note(currentLosses, window, window.oldest());
  }

  public void save(State state) {
    weights.save(state);
    saveLosses(state);
  }

  /** Saves the losses without the weights, which are stored elsewhere. */
  public void saveLosses(State state) {
    state.put("losses", losses);
    state.put("scored_up_to", scoredUpTo);
  }

  public void restore(State state) {
    restoreWeights(state);
    restoreLosses(state);
  }

  /** Restores the weights and keeps the losses, which belong to them. */
  public void restoreWeights(State state) {
    weights.restore(state);
  }

  /**
   * Restores the losses. They are not computed again, because the rounding of a matrix product
   * depends on how many rows it has.
   */
  public void restoreLosses(State state) {
    float[] saved = state.floats("losses");
    if (saved.length == losses.length) {
      System.arraycopy(saved, 0, losses, 0, saved.length);
      scoredUpTo = state.integer("scored_up_to");
    } else {
      scoredUpTo = 0; // the window's size has changed: score all of it again
    }
  }

  private void note(float[] newLosses, RollingWindow window, long from) {
    for (long number = from; number < window.end(); number++) {
      losses[window.slot(number)] = newLosses[(int) (number - from)];
    }
    scoredUpTo = window.end();
  }
}
