package io.millrace.learning;

import io.millrace.learning.model.Weights;
import io.millrace.learning.state.State;
import io.millrace.learning.training.TrainedModel;

/**
 * Recovers from a loss or a prediction that is not finite. Training goes back to the weights and
 * the optimizer of the newest good evaluation, with half the learning rate. Owned by one thread.
 */
final class DivergenceGuard {
  private static final int TOLERATED = 5;

  private final Weights lastGood;
  private State lastGoodOptimizer = new State();
  private long divergences;

  /** Begins with the initial weights of the model. */
  DivergenceGuard(TrainedModel model) {
    lastGood = new Weights(model.definition());
    model.copyTo(lastGood);
    model.saveOptimizer(lastGoodOptimizer);
  }

  Weights lastGood() {
    return lastGood;
  }

  long divergences() {
    return divergences;
  }

  /** Begins a round with these weights; earlier divergences no longer count. */
  void reset(TrainedModel model) {
    divergences = 0;
    remember(model);
  }

  /** Remembers weights whose predictions were finite. */
  void remember(TrainedModel model) {
    model.copyTo(lastGood);
    lastGoodOptimizer = new State();
    model.saveOptimizer(lastGoodOptimizer);
  }

  /**
   * Goes back to the last good weights.
   *
   * @return whether training may go on
   */
  boolean recover(TrainedModel model) {
    divergences++;
    model.goBack(lastGood, lastGoodOptimizer);
    return divergences <= TOLERATED;
  }

  void save(State state) {
    state.put("divergences", divergences);
    lastGood.save(state.child("last_good"));
    state.child("optimizer").putAll(lastGoodOptimizer);
  }

  void restore(State state) {
    divergences = state.integer("divergences");
    lastGood.restore(state.child("last_good"));
    lastGoodOptimizer = state.child("optimizer").copy();
  }
}
