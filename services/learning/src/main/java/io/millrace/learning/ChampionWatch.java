package io.millrace.learning;

import io.millrace.learning.state.State;

/**
 * Watches a champion against its predecessor, the newest that has stood such a watch, on the
 * records that are held out while it is served. Champions may follow each other in a line: their
 * losses add up. Owned by the learner's thread.
 */
final class ChampionWatch {
  private final GateSettings settings;
  private final RollingWindow window;
  private final Judge judge;
  private final Reference predecessor;
  private final PairedSum watched = new PairedSum();
  private final float[] losses;
  private final float[] predecessorLosses;
  private long predecessorSequence;
  private long watchedUpTo;

  /**
   * @param predecessor whose weights are of no account yet
   */
  ChampionWatch(GateSettings settings, RollingWindow window, Judge judge, Reference predecessor) {
    this.settings = settings;
    this.window = window;
    this.judge = judge;
    this.predecessor = predecessor;
    losses = new float[window.capacity()];
    predecessorLosses = new float[window.capacity()];
  }

  /** Returns the sequence of the predecessor; 0 where there is none, and nothing is watched. */
  long predecessor() {
    return predecessorSequence;
  }

  /** Begins: this champion becomes the predecessor of the next. */
  void begin(Reference champion, long sequence) {
    predecessor.copyFrom(champion);
    predecessorSequence = sequence;
    watched.reset();
    watchedUpTo = window.end();
  }

  /** Compares the champion with the predecessor on what was held out since the last time. */
  void observe(Reference champion, long sequence) {
    long from = Math.max(watchedUpTo, window.oldest());
    watchedUpTo = window.end();
    int records = (int) (window.end() - from);
    if (predecessorSequence == 0 || records == 0) {
      return;
    }
    predecessor.lossesFrom(from, window, judge, predecessorLosses);
    champion.lossesFrom(from, window, judge, losses);
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
  void endFor(Reference champion) {
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
