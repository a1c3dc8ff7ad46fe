package io.millrace.learning;

import io.millrace.learning.policies.PairedComparison;
import io.millrace.learning.state.State;

/**
 * Decides which weights are served: those of the running learner, or older ones, the champion.
 *
 * <p>The gate never changes what is learned. It compares losses, record by record, on held-out
 * records, which no model was trained on:
 *
 * <pre>
 *                 a round begins, or a champion went back
 *   {@link Mode#FOLLOWING} ------------------------------------------&gt; {@link Mode#CHALLENGING}
 *     ^   newer weights are served unless                 newer weights are served once
 *     |   they are surely worse                           they are surely better  |
 *     +------------------------------------------------------------------------+
 * </pre>
 *
 * <ul>
 *   <li>While the learner runs on, the gate is a veto on the records newer than the champion. To
 *       ask for an improvement on the whole window would hold good weights back for long, since the
 *       old champion fits the older part of the window.
 *   <li>A challenger, trained in a round of its own, is compared on the records since that round
 *       began to learn, at evaluations only, so that it is not asked until chance lets it through.
 *   <li>Every champion is watched against its predecessor, the newest that has stood its watch, on
 *       the records that came while it was served.
 *   <li>{@link Mode#PINNED}: a person has chosen the champion, and it stays.
 * </ul>
 *
 * <p>Owned by the learner's thread.
 */
public final class Gate {

  /** By which rule newer weights come to be served. */
  public enum Mode {
    /** Unless they are worse. */
    FOLLOWING,

    /** Only when they are better. */
    CHALLENGING,

    /** Not at all. */
    PINNED
  }

  /** What becomes of the current weights and the champion. */
  public enum Outcome {
    /** The current weights are served, as they are not worse. */
    ADVANCE,

    /** The champion stays. */
    STAY,

    /** The champion stays, since the current weights are worse. */
    VETO,

    /** The current weights are served, as they are better. */
    PROMOTE,

    /** The champion's predecessor is served again. */
    ROLL_BACK
  }

  /**
   * What was decided, and from what.
   *
   * @param records how many held-out records were compared
   * @param improvement the mean of the served weights' loss minus that of the current weights; for
   *     {@link Outcome#ROLL_BACK}, of the predecessor's minus the champion's
   * @param standardError of that mean
   */
  public record Decision(Outcome outcome, long records, double improvement, double standardError) {
    private static final Decision ADVANCE = new Decision(Outcome.ADVANCE, 0, 0, 0);
    private static final Decision STAY = new Decision(Outcome.STAY, 0, 0, 0);

    private static Decision of(Outcome outcome, long records, PairedComparison comparison) {
      return new Decision(outcome, records, comparison.improvement(), comparison.standardError());
    }
  }

  private final GateSettings settings;
  private final boolean holdsOut;
  private final TrainedNetwork network;
  private final RollingWindow window;
  private final Judge judge;
  private final Weights current;
  private final float[] currentLosses;
  private final float[] otherLosses;
  private final PairedSum watched = new PairedSum();
  private Reference champion;
  private Reference predecessor;
  private Mode mode = Mode.FOLLOWING;
  private long championSequence;
  private long predecessorSequence;
  private long championSince;
  private long challengeSince;
  private long watchedUpTo;

  /**
   * @param holdsOut whether records are held out at all
   */
  Gate(
      ModelDefinition definition,
      GateSettings settings,
      boolean holdsOut,
      TrainedNetwork network,
      RollingWindow window,
      Judge judge) {
    this.settings = settings;
    this.holdsOut = holdsOut;
    this.network = network;
    this.window = window;
    this.judge = judge;
    current = network.newWeights(definition);
    champion = new Reference(network.newWeights(definition), window.capacity());
    predecessor = new Reference(network.newWeights(definition), window.capacity());
    currentLosses = new float[window.capacity()];
    otherLosses = new float[window.capacity()];
  }

  public Mode mode() {
    return mode;
  }

  /** Returns the sequence of the checkpoint that is served; 0 where there is none. */
  public long champion() {
    return championSequence;
  }

  /** Returns the sequence of the checkpoint that a rollback goes back to; 0 where there is none. */
  public long predecessor() {
    return predecessorSequence;
  }

  /**
   * Decides; whoever asks then acts.
   *
   * @param evaluated whether the learner was evaluated since this was last asked
   */
  public Decision decide(boolean evaluated) {
    if (championSequence == 0) {
      return Decision.ADVANCE;
    }
    watch();
    if (evaluated && isWorseThanPredecessor()) {
      return Decision.of(Outcome.ROLL_BACK, watched.count(), watched.comparison());
    }
    return switch (mode) {
      case FOLLOWING -> follow();
      case CHALLENGING -> evaluated ? challenge() : Decision.STAY;
      case PINNED -> Decision.STAY;
    };
  }

  /**
   * Returns whether another model than the champion is to be served by what the records say: the
   * predecessor of one that is worse, or a challenger that is better. To be asked after an
   * evaluation; {@link #decide} then says the same.
   */
  public boolean hasVerdict() {
    if (championSequence == 0) {
      return false;
    }
    watch();
    return isWorseThanPredecessor()
        || (mode == Mode.CHALLENGING && challenge().outcome() == Outcome.PROMOTE);
  }

  /**
   * Begins a challenge.
   *
   * @param recordsBefore how many of the newest held-out records it is judged on besides those that
   *     come from now on
   * @return false where no record is held out that it could be judged on: then newer weights go on
   *     to be served
   */
  public boolean challenge(long recordsBefore) {
    if (!holdsOut) {
      return false;
    }
    mode = Mode.CHALLENGING;
    challengeSince = window.end() - recordsBefore;
    return true;
  }

  /** Serves the current weights as the running learner's next, under this sequence. */
  public void advance(long sequence) {
    if (championSequence != 0 && predecessorSequence == 0) {
      succeed();
    }
    serveCurrent(sequence);
  }

  /** Serves the current weights under this sequence, in a line of their own. */
  public void promote(long sequence) {
    if (championSequence != 0) {
      succeed();
    }
    serveCurrent(sequence);
    mode = Mode.FOLLOWING;
  }

  /** Serves the champion's predecessor again; the learner becomes its challenger. */
  public void rollBack() {
    Reference worse = champion;
    champion = predecessor;
    predecessor = worse;
    championSequence = predecessorSequence;
    predecessorSequence = 0;
    championSince = window.end();
    watched.reset();
    challenge(0);
  }

  /**
   * Serves a checkpoint that someone has chosen, until someone chooses otherwise.
   *
   * @param goesBack whether this takes a champion back, which then is no predecessor
   */
  public void pin(long sequence, State weights, boolean goesBack) {
    if (championSequence != 0) {
      succeed();
    }
    if (goesBack) {
      predecessorSequence = 0;
    }
    champion.load(weights);
    championSequence = sequence;
    championSince = window.end();
    mode = Mode.PINNED;
  }

  /** Saves all but the weights, which their checkpoints hold. */
  public void save(State state) {
    state.put("mode", mode.name());
    state.put("champion", championSequence);
    state.put("predecessor", predecessorSequence);
    state.put("champion_since", championSince);
    state.put("challenge_since", challengeSince);
    state.put("watched_up_to", watchedUpTo);
    watched.save(state.child("watched"));
  }

  /** Goes on as the gate that was saved; {@link #restoreWeights} brings the weights. */
  public void restore(State state) {
    mode = Mode.valueOf(state.text("mode"));
    championSequence = state.integer("champion");
    predecessorSequence = state.integer("predecessor");
    championSince = state.integer("champion_since");
    challengeSince = state.integer("challenge_since");
    watchedUpTo = state.integer("watched_up_to");
    watched.restore(state.child("watched"));
  }

  /** Brings the weights of the champion. */
  public void restoreChampion(long sequence, State weights) {
    championSequence = sequence;
    champion.load(weights);
  }

  /** Brings the weights of its predecessor. */
  public void restorePredecessor(State weights) {
    predecessor.load(weights);
  }

  /** The champion, whose weights stay as they are, becomes the predecessor of the next. */
  private void succeed() {
    Reference unused = predecessor;
    predecessor = champion;
    champion = unused;
    predecessorSequence = championSequence;
    watched.reset();
    watchedUpTo = window.end();
  }

  private void serveCurrent(long sequence) {
    network.copyServedTo(current);
    champion.load(current);
    championSequence = sequence;
    championSince = window.end();
  }

  /** Compares the champion with its predecessor on what was held out since the last time. */
  private void watch() {
    long from = Math.max(watchedUpTo, window.oldest());
    watchedUpTo = window.end();
    int records = (int) (window.end() - from);
    if (predecessorSequence == 0 || records == 0) {
      return;
    }
    predecessor.lossesFrom(from, window, judge, otherLosses);
    champion.lossesFrom(from, window, judge, currentLosses);
    watched.add(otherLosses, currentLosses, records);
    if (watched.count() >= settings.rollbackWindow() && !isWorseThanPredecessor()) {
      predecessor.copyFrom(champion);
      predecessorSequence = championSequence;
      watched.reset();
    }
  }

  private boolean isWorseThanPredecessor() {
    return watched.count() >= settings.minimumRecords()
        && watched
            .comparison()
            .isWorse(settings.rollbackMinimumDelta(), settings.rollbackSignificance());
  }

  private Decision follow() {
    int records = compared(championSince);
    if (records < settings.minimumRecords()) {
      return Decision.ADVANCE;
    }
    PairedComparison comparison = compareFrom(window.end() - records);
    return comparison.isWorse(0, settings.vetoSignificance())
        ? Decision.of(Outcome.VETO, records, comparison)
        : Decision.of(Outcome.ADVANCE, records, comparison);
  }

  private Decision challenge() {
    int records = compared(challengeSince);
    if (records < settings.minimumRecords()) {
      return Decision.STAY;
    }
    PairedComparison comparison = compareFrom(window.end() - records);
    return comparison.isImprovement(settings.promoteMinimumDelta(), settings.promoteSignificance())
        ? Decision.of(Outcome.PROMOTE, records, comparison)
        : Decision.of(Outcome.STAY, records, comparison);
  }

  private int compared(long since) {
    return (int) (window.end() - Math.max(since, window.oldest()));
  }

  private PairedComparison compareFrom(long from) {
    network.copyServedTo(current);
    judge.score(current, window, from, currentLosses);
    champion.lossesFrom(from, window, judge, otherLosses);
    return PairedComparison.of(otherLosses, currentLosses, (int) (window.end() - from));
  }
}
