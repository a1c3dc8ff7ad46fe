package io.millrace.learning;

import io.millrace.learning.model.Weights;
import io.millrace.learning.optimizers.Optimizer;
import io.millrace.learning.state.State;

/**
 * Recovers from a loss or a prediction that is not finite. Training goes back to the weights and
 * the optimizer of the newest good evaluation, with half the learning rate. Owned by one thread.
 */
final class DivergenceGuard {
  private static final int TOLERATED = 5;

  private final Weights lastGood;
  private final Optimizer optimizer;
  private State lastGoodOptimizer = new State();
  private long divergences;

  /**
   * @param lastGood the initial weights
   */
  DivergenceGuard(Weights lastGood, Optimizer optimizer) {
    this.lastGood = lastGood;
    this.optimizer = optimizer;
    optimizer.save(lastGoodOptimizer);
  }

  Weights lastGood() {
    return lastGood;
  }

  long divergences() {
    return divergences;
  }

  /** Begins a round with these weights; earlier divergences no longer count. */
  void reset(TrainedNetwork network) {
    divergences = 0;
    remember(network);
  }

  /** Remembers weights whose predictions were finite. */
  void remember(TrainedNetwork network) {
    network.copyTo(lastGood);
    lastGoodOptimizer = new State();
    optimizer.save(lastGoodOptimizer);
  }

  /**
   * Goes back to the last good weights.
   *
   * @return whether training may go on
   */
  boolean recover(TrainedNetwork network) {
    divergences++;
    double rate = optimizer.learningRate() / 2;
    network.goOnFrom(lastGood);
    optimizer.restore(lastGoodOptimizer);
    optimizer.changeLearningRate(rate);
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
