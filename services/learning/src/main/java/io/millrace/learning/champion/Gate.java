package io.millrace.learning.champion;

import io.millrace.learning.champion.GateDecision.Outcome;
import io.millrace.learning.evaluation.BestWeights;
import io.millrace.learning.evaluation.Evaluator;
import io.millrace.learning.evaluation.RollingWindow;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.model.Weights;
import io.millrace.learning.policies.PairedComparison;
import io.millrace.learning.state.State;
import java.util.function.Consumer;

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
 *   <li>While the learner runs on, the gate is a veto, on the records newer than the champion.
 *       Requiring an improvement on the whole window would hold good weights back for long, because
 *       the old champion fits the older part of the window.
 *   <li>A challenger is the same learner in a new round, while the champion stays served unchanged.
 *       They are compared on the records since that round began to learn, and only at evaluations:
 *       more frequent comparisons would let the challenger pass by chance.
 *   <li>Every champion is watched against its predecessor, the newest that has passed its watch, on
 *       the records that came while it was served.
 *   <li>{@link Mode#PINNED}: a person has chosen the champion, and it stays.
 * </ul>
 *
 * <p>No version is served before the model's {@link Maturity}, unless a person chooses one.
 *
 * <p>Owned by the learner's thread.
 */
public final class Gate {

  /** The rule by which newer weights are served. */
  public enum Mode {
    /** Unless they are worse. */
    FOLLOWING,

    /** Only if they are better. */
    CHALLENGING,

    /** Not at all. */
    PINNED
  }

  /**
   * Recent held-out records for which weights need finite predictions, if the champion has them, to
   * be served.
   */
  private static final int ANSWERED = 64;

  private final GateSettings settings;
  private final Maturity maturity;
  private final Consumer<Weights> running;
  private final RollingWindow window;
  private final Evaluator evaluator;
  private final Weights current;
  private final float[] currentLosses;
  private final float[] championLosses;
  private final BestWeights champion;
  private final ChampionWatch watch;
  private Mode mode = Mode.FOLLOWING;
  private long championSequence;
  private long championSince;
  private long challengeSince;

  /**
   * @param maturity whether a first version may be served
   * @param running writes the running learner's weights, as they would be served
   */
  public Gate(
      ModelDefinition definition,
      GateSettings settings,
      Maturity maturity,
      Consumer<Weights> running,
      RollingWindow window,
      Evaluator evaluator) {
    this.settings = settings;
    this.maturity = maturity;
    this.running = running;
    this.window = window;
    this.evaluator = evaluator;
    current = new Weights(definition);
    champion = new BestWeights(new Weights(definition), window.capacity());
    BestWeights predecessor = new BestWeights(new Weights(definition), window.capacity());
    watch = new ChampionWatch(settings, window, evaluator, predecessor);
    currentLosses = new float[window.capacity()];
    championLosses = new float[window.capacity()];
  }

  public Mode mode() {
    return mode;
  }

  /** Returns the version of the served checkpoint; 0 if there is none. */
  public long champion() {
    return championSequence;
  }

  /** Returns the version of the checkpoint that a rollback would serve; 0 if there is none. */
  public long predecessor() {
    return watch.predecessor();
  }

  /**
   * Compares the champion with its predecessor on the records held out since the last call. Must be
   * called before {@link #decide} and {@link #hasVerdict}.
   */
  public void observe() {
    if (mayBeReplaced()) {
      watch.observe(champion, championSequence);
    }
  }

  /**
   * Returns a decision from what was {@linkplain #observe observed} and the current weights. It
   * changes nothing; {@link #apply} carries the decision out.
   *
   * @param evaluated whether the learner was evaluated since the last decision
   */
  public GateDecision decide(boolean evaluated) {
    if (championSequence == 0) {
      return mayServeFirst() ? GateDecision.ADVANCE : GateDecision.STAY;
    }
    if (mode == Mode.PINNED) {
      return GateDecision.STAY;
    }
    if (evaluated && watch.findsWorse()) {
      return watch.rollBack();
    }
    if (!canServe()) {
      return GateDecision.STAY;
    }
    if (mode == Mode.CHALLENGING) {
      return evaluated ? challenge() : GateDecision.STAY;
    }
    return follow();
  }

  /**
   * Returns whether nothing is served yet, and nothing but an evaluation is missing for the first
   * version.
   */
  public boolean awaitsEvaluation() {
    return championSequence == 0 && maturity.lacksEvaluation(settings);
  }

  /**
   * Returns whether the records call for another model than the champion: a first one, the
   * predecessor of a worse one, or a better challenger. It changes nothing. Called after an
   * evaluation; {@link #decide} then agrees.
   */
  public boolean hasVerdict() {
    if (championSequence == 0) {
      return mayServeFirst();
    }
    return mayBeReplaced()
        && (watch.findsWorse()
            || (mode == Mode.CHALLENGING && challenge().outcome() == Outcome.PROMOTE));
  }

  /**
   * Carries out a decision.
   *
   * @param sequence the version of the checkpoint with the current weights
   */
  public void apply(GateDecision decision, long sequence) {
    switch (decision.outcome()) {
      case ADVANCE -> advance(sequence);
      case PROMOTE -> promote(sequence);
      case ROLL_BACK -> rollBack();
      case STAY, VETO -> {}
    }
  }

  /**
   * Begins a challenge.
   *
   * @param recordsBefore how many of the newest held-out records count, besides those from now on
   * @return false if there is nothing to compare with or no records are held out for it; newer
   *     weights are then still served
   */
  public boolean challenge(long recordsBefore) {
    if (championSequence == 0 || !maturity.holdsOut()) {
      return false;
    }
    mode = Mode.CHALLENGING;
    challengeSince = window.end() - recordsBefore;
    return true;
  }

  /** Serves the current weights as the running learner's next version. */
  public void advance(long sequence) {
    if (watch.predecessor() == 0) {
      succeed();
    }
    serveCurrent(sequence);
  }

  /** Serves the current weights as this version, as the start of a new line. */
  public void promote(long sequence) {
    succeed();
    serveCurrent(sequence);
    mode = Mode.FOLLOWING;
  }

  /** Serves the champion's predecessor again; the learner becomes its challenger. */
  void rollBack() {
    championSequence = watch.predecessor();
    watch.endFor(champion);
    championSince = window.end();
    challenge(0);
  }

  /**
   * Serves a checkpoint that a person has chosen, until a person chooses otherwise.
   *
   * @param goesBack whether this takes back a champion, which then does not become a predecessor
   */
  public void pin(long sequence, State weights, boolean goesBack) {
    succeed();
    if (goesBack) {
      watch.forget();
    }
    champion.load(weights);
    championSequence = sequence;
    championSince = window.end();
    mode = Mode.PINNED;
  }

  /** Saves everything except the weights, which are in their checkpoints. */
  public void save(State state) {
    state.put("mode", mode.name());
    state.put("champion", championSequence);
    state.put("champion_since", championSince);
    state.put("challenge_since", challengeSince);
    champion.saveLosses(state.child("champion_losses"));
    watch.save(state);
  }

  /**
   * Continues as the saved gate; {@link #restoreChampion} and {@link #restorePredecessor} add the
   * weights.
   */
  public void restore(State state) {
    mode = Mode.valueOf(state.text("mode"));
    championSequence = state.integer("champion");
    championSince = state.integer("champion_since");
    challengeSince = state.integer("challenge_since");
    if (state.contains("champion_losses")) { // older checkpoints have none
      champion.restoreLosses(state.child("champion_losses"));
    }
    watch.restore(state);
  }

  /** Restores the weights of the champion. */
  public void restoreChampion(long sequence, State weights) {
    if (sequence == championSequence) {
      champion.restoreWeights(weights);
    } else {
      champion.load(weights);
    }
    championSequence = sequence;
  }

  /** Restores the weights of the predecessor. */
  public void restorePredecessor(State weights) {
    watch.restoreWeights(weights);
  }

  private boolean mayServeFirst() {
    running.accept(current);
    return maturity.isReached(settings) && current.areFinite() && answers();
  }

  /** Returns whether the current weights give any of the newest held-out records finite answers. */
  private boolean answers() {
    long from = Math.max(window.oldest(), window.end() - ANSWERED);
    return from == window.end() || evaluator.answered(current, window, from) > 0;
  }

  /** Returns whether there is a champion that the records may replace. */
  private boolean mayBeReplaced() {
    return championSequence != 0 && mode != Mode.PINNED;
  }

  /** Makes the champion the predecessor of the next one. */
  private void succeed() {
    if (championSequence != 0) {
      watch.begin(champion, championSequence);
    }
  }

  private void serveCurrent(long sequence) {
    running.accept(current);
    champion.load(current);
    championSequence = sequence;
    championSince = window.end();
  }

  private GateDecision follow() {
    int records = compared(championSince);
    if (records < settings.minimumRecords()) {
      return GateDecision.ADVANCE;
    }
    PairedComparison comparison = compareFrom(window.end() - records);
    if (!comparison.isMeasured()) {
      return GateDecision.ADVANCE;
    }
    return comparison.isWorse(0, settings.vetoSignificance())
        ? GateDecision.of(Outcome.VETO, records, comparison)
        : GateDecision.of(Outcome.ADVANCE, records, comparison);
  }

  private GateDecision challenge() {
    int records = compared(challengeSince);
    if (records < settings.minimumRecords()) {
      return GateDecision.STAY;
    }
    PairedComparison comparison = compareFrom(window.end() - records);
    if (!comparison.isMeasured()) {
      return GateDecision.STAY;
    }
    return comparison.isImprovement(settings.promoteMinimumDelta(), settings.promoteSignificance())
        ? GateDecision.of(Outcome.PROMOTE, records, comparison)
        : GateDecision.of(Outcome.STAY, records, comparison);
  }

  /**
   * Returns whether the current weights are finite, and give finite predictions for as many records
   * as the champion.
   */
  private boolean canServe() {
    running.accept(current);
    if (!current.areFinite()) {
      return false;
    }
    long from = Math.max(window.oldest(), window.end() - ANSWERED);
    int answered = evaluator.answered(current, window, from);
    return answered == window.end() - from
        || answered >= evaluator.answered(champion.weights(), window, from);
  }

  private int compared(long since) {
    return (int) (window.end() - Math.max(since, window.oldest()));
  }

  private PairedComparison compareFrom(long from) {
    running.accept(current);
    evaluator.score(current, window, from, currentLosses);
    champion.lossesFrom(from, window, evaluator, championLosses);
    return PairedComparison.of(championLosses, currentLosses, (int) (window.end() - from));
  }
}
