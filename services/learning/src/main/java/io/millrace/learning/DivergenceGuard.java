package io.millrace.learning;

import io.millrace.learning.model.Weights;
import io.millrace.learning.optimizers.Optimizer;
import io.millrace.learning.state.State;

/**
 * Brings training back when a loss or an answer was not finite: to the weights and the optimizer of
 * the newest evaluation, with half the learning rate. Owned by one thread.
 */
final class DivergenceGuard {
  private static final int TOLERATED = 5;

  private final Weights lastGood;
  private final Optimizer optimizer;
  private State lastGoodOptimizer = new State();
  private long divergences;

  /**
   * @param lastGood the first weights
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

  /** Begins a round with these weights: what diverged before no longer counts. */
  void reset(TrainedNetwork network) {
    divergences = 0;
    remember(network);
  }

  /** Notes weights that gave finite answers. */
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
