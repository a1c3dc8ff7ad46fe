package io.millrace.learning.champion;

import io.millrace.learning.evaluation.BestWeights;
import io.millrace.learning.evaluation.Evaluator;
import io.millrace.learning.evaluation.PairedSum;
import io.millrace.learning.evaluation.RollingWindow;
import io.millrace.learning.state.State;

/**
 * Watches a champion against its predecessor, the newest that has stood such a watch, on the
 * records that are held out while it is served. Champions may follow each other in a line: their
 * losses add up. Owned by the learner's thread.
 */
final class ChampionWatch {
  private final GateSettings settings;
  private final RollingWindow window;
  private final Evaluator evaluator;
  private final BestWeights predecessor;
  private final PairedSum watched = new PairedSum();
  private final float[] losses;
  private final float[] predecessorLosses;
  private long predecessorSequence;
  private long watchedUpTo;

  /**
   * @param predecessor whose weights are of no account yet
   */
  ChampionWatch(
      GateSettings settings, RollingWindow window, Evaluator evaluator, BestWeights predecessor) {
    this.settings = settings;
    this.window = window;
    this.evaluator = evaluator;
    this.predecessor = predecessor;
    losses = new float[window.capacity()];
    predecessorLosses = new float[window.capacity()];
  }

  /** Returns the sequence of the predecessor; 0 where there is none, and nothing is watched. */
  long predecessor() {
    return predecessorSequence;
  }

  /** Begins: this champion becomes the predecessor of the next. */
  void begin(BestWeights champion, long sequence) {
    predecessor.copyFrom(champion);
    predecessorSequence = sequence;
    watched.reset();
    watchedUpTo = window.end();
  }

  /** Compares the champion with the predecessor on what was held out since the last time. */
  void observe(BestWeights champion, long sequence) {
    long from = Math.max(watchedUpTo, window.oldest());
    watchedUpTo = window.end();
    int records = (int) (window.end() - from);
    if (predecessorSequence == 0 || records == 0) {
      return;
    }
    predecessor.lossesFrom(from, window, evaluator, predecessorLosses);
    champion.lossesFrom(from, window, evaluator, losses);
    watched.add(predecessorLosses, losses, records);
    if (watched.count() >= settings.rollbackWindow() && !findsWorse()) {
      predecessor.copyFrom(champion);
      predecessorSequence = sequence;
      watched.reset();
    }
  }

  /** Returns whether the champion is surely worse than the predecessor. */
  boolean findsWorse() {
    return watched.count() >= settings.minimumRecords()
        && watched
            .comparison()
            .isWorse(settings.rollbackMinimumDelta(), settings.rollbackSignificance());
  }

  /** Returns the decision to go back, by what was compared. */
  GateDecision rollBack() {
    return GateDecision.of(GateDecision.Outcome.ROLL_BACK, watched.count(), watched.comparison());
  }

  /** Ends: the predecessor becomes the champion, and has no predecessor itself. */
  void endFor(BestWeights champion) {
    champion.copyFrom(predecessor);
    watched.reset();
    forget();
  }

  /** Ends: there is nothing to go back to. */
  void forget() {
    predecessorSequence = 0;
  }

  /** Saves all but the weights. */
  void save(State state) {
    state.put("predecessor", predecessorSequence);
    state.put("watched_up_to", watchedUpTo);
    watched.save(state.child("watched"));
  }

  void restore(State state) {
    predecessorSequence = state.integer("predecessor");
    watchedUpTo = state.integer("watched_up_to");
    watched.restore(state.child("watched"));
  }

  void restoreWeights(State weights) {
    predecessor.load(weights);
  }
}
