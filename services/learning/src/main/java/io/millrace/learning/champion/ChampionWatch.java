package io.millrace.learning.champion;

import io.millrace.learning.evaluation.BestWeights;
import io.millrace.learning.evaluation.Evaluator;
import io.millrace.learning.evaluation.PairedSum;
import io.millrace.learning.evaluation.RollingWindow;
import io.millrace.learning.state.State;

/**
 * Watches a champion against its predecessor, the newest champion that has passed such a watch, on
 * records held out while the champion is served. The losses of successive champions of one line are
 * summed. Owned by the learner's thread.
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
   * @param predecessor memory for the predecessor's weights; its current content is ignored
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

  /** Returns the version of the predecessor; 0 if there is none and nothing is watched. */
  long predecessor() {
    return predecessorSequence;
  }

  /** Begins a watch: this champion becomes the predecessor of the next one. */
  void begin(BestWeights champion, long sequence) {
    predecessor.copyFrom(champion);
    predecessorSequence = sequence;
    watched.reset();
    watchedUpTo = window.end();
  }

  /**
   * Compares the champion with the predecessor on the records held out since the last comparison.
   */
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

  /** Returns whether the champion is significantly worse than the predecessor. */
  boolean findsWorse() {
    return watched.count() >= settings.minimumRecords()
        && watched
            .comparison()
            .isWorse(settings.rollbackMinimumDelta(), settings.rollbackSignificance());
  }

  /** Returns the decision to roll back, with the comparison behind it. */
  GateDecision rollBack() {
    return GateDecision.of(GateDecision.Outcome.ROLL_BACK, watched.count(), watched.comparison());
  }

  /** Ends the watch: the predecessor becomes the champion, without a predecessor of its own. */
  void endFor(BestWeights champion) {
    champion.copyFrom(predecessor);
    watched.reset();
    forget();
  }

  /** Ends the watch: there is no predecessor to roll back to. */
  void forget() {
    predecessorSequence = 0;
  }

  /** Saves everything except the weights. */
  void save(State state) {
    state.put("predecessor", predecessorSequence);
    state.put("watched_up_to", watchedUpTo);
    watched.save(state.child("watched"));
    predecessor.saveLosses(state.child("predecessor_losses"));
  }

  void restore(State state) {
    predecessorSequence = state.integer("predecessor");
    watchedUpTo = state.integer("watched_up_to");
    watched.restore(state.child("watched"));
    if (state.contains("predecessor_losses")) { // older checkpoints have none
      predecessor.restoreLosses(state.child("predecessor_losses"));
    }
  }

  void restoreWeights(State weights) {
    predecessor.restoreWeights(weights);
  }
}
