package io.millrace.trainer.control;

import io.millrace.checkpoints.manifest.Champion;
import io.millrace.learning.champion.Gate;
import io.millrace.learning.champion.Gate.Mode;
import io.millrace.learning.champion.GateDecision;
import io.millrace.learning.state.State;
import io.millrace.proto.events.v1.Comparison;
import io.millrace.proto.events.v1.TrainingEvent;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Decides which checkpoint is served, by the gate's decisions and by commands, and publishes the
 * changes as events. Owned by the training thread.
 */
final class ChampionControl {
  private final Gate gate;
  private final Versions versions;
  private final Consumer<TrainingEvent.Builder> events;
  private long evaluations;
  private boolean vetoTold;
  private boolean promotes;

  ChampionControl(Gate gate, Versions versions, Consumer<TrainingEvent.Builder> events) {
    this.gate = gate;
    this.versions = versions;
    this.events = events;
  }

  Mode mode() {
    return gate.mode();
  }

  long champion() {
    return gate.champion();
  }

  /** Returns whether nothing is served yet for want of an evaluation. */
  boolean awaitsEvaluation() {
    return gate.awaitsEvaluation();
  }

  /** Returns whether an evaluation changes which model is to be served. */
  boolean hasVerdict() {
    gate.observe();
    return gate.hasVerdict();
  }

  /**
   * Decides on the weights that are being written.
   *
   * @param version their version
   * @param evaluated how often the learner has been evaluated
   * @param isRewinding whether a rewind is in progress, so that they cannot be evaluated yet
   */
  Champion decide(long version, long evaluated, boolean isRewinding) {
    boolean isNew = evaluated != evaluations && !isRewinding;
    if (promotes) {
      promotes = false;
      long before = gate.champion();
      gate.promote(version);
      tellPromotion(before, null);
    } else if (!isRewinding || gate.champion() == 0) {
      gate.observe();
      act(gate.decide(isNew), version);
    }
    evaluations = isRewinding ? evaluations : evaluated;
    return new Champion(gate.champion(), gate.predecessor());
  }

  /** Makes the learner's weights a challenger, unless the champion was chosen by a command. */
  void challengeUnlessPinned() {
    if (gate.mode() != Mode.PINNED) {
      challenge(0);
    }
  }

  /**
   * Makes the learner's weights a challenger.
   *
   * @param recordsBefore how many of the newest held-out records also count in its evaluation,
   *     besides new ones
   */
  void challenge(long recordsBefore) {
    if (gate.challenge(recordsBefore)) {
      TrainingEvent.Builder event = TrainingEvent.newBuilder();
      event.getChallengerStartedBuilder().setChampion(gate.champion());
      events.accept(event);
    }
  }

  /** Also evaluates the challenger on this many earlier held-out records. */
  void evaluateSince(long recordsBefore) {
    if (gate.mode() == Mode.CHALLENGING) {
      gate.challenge(recordsBefore);
    }
  }

  /** Serves a retained version, or for 0 the learner's weights from the next checkpoint on. */
  void promote(long version) throws RefusedException {
    if (version == 0) {
      promotes = true;
      return;
    }
    State weights = weights(version);
    long before = gate.champion();
    gate.pin(version, weights, false);
    TrainingEvent.Builder event = TrainingEvent.newBuilder();
    event.getPromotedBuilder().setChampion(version).setPredecessor(before);
    events.accept(event);
  }

  /** Serves a retained version again, or for 0 the champion's predecessor. */
  void rollBack(long version) throws RefusedException {
    boolean isFirst = gate.predecessor() == 0 || gate.predecessor() == gate.champion();
    long wanted = version == 0 ? gate.predecessor() : version;
    if (version == 0 && isFirst) {
      String current = gate.champion() == 0 ? "the first" : "version " + gate.champion();
      throw new RefusedException(
          "there is no champion before %s; name one that is kept: %s"
              .formatted(current, versions.kept()));
    }
    State weights = weights(wanted);
    long worse = gate.champion();
    gate.pin(wanted, weights, true);
    TrainingEvent.Builder event = TrainingEvent.newBuilder();
    event.getRolledBackBuilder().setChampion(wanted).setWorse(worse);
    events.accept(event);
  }

  void save(State state) {
    state.put("evaluations", evaluations);
    state.put("veto_told", vetoTold);
    gate.save(state.child("gate"));
  }

  void restore(State state) {
    evaluations = state.integer("evaluations");
    vetoTold = state.flag("veto_told");
    gate.restore(state.child("gate"));
    versions
        .weights(gate.champion())
        .ifPresent(weights -> gate.restoreChampion(gate.champion(), weights));
    versions.weights(gate.predecessor()).ifPresent(gate::restorePredecessor);
  }

  /** Goes on from a checkpoint that knew no gate. */
  void restoreChampion(long version) {
    versions.weights(version).ifPresent(weights -> gate.restoreChampion(version, weights));
  }

  private void act(GateDecision decision, long version) {
    long before = gate.champion();
    gate.apply(decision, version);
    switch (decision.outcome()) {
      case ADVANCE -> {
        vetoTold = false;
        if (before == 0) {
          tellPromotion(before, null);
        }
      }
      case PROMOTE -> tellPromotion(before, comparison(decision));
      case VETO -> tellVeto(decision);
      case ROLL_BACK -> tellRollback(before, comparison(decision));
      case STAY -> {}
    }
  }

  private void tellPromotion(long before, Comparison.@Nullable Builder shown) {
    TrainingEvent.Builder event = TrainingEvent.newBuilder();
    event.getPromotedBuilder().setChampion(gate.champion()).setPredecessor(before);
    if (shown != null) {
      event.getPromotedBuilder().setComparison(shown);
    }
    events.accept(event);
  }

  private void tellVeto(GateDecision decision) {
    if (vetoTold) {
      return;
    }
    vetoTold = true;
    TrainingEvent.Builder event = TrainingEvent.newBuilder();
    event.getVetoedBuilder().setChampion(gate.champion()).setComparison(comparison(decision));
    events.accept(event);
  }

  private void tellRollback(long worse, Comparison.Builder shown) {
    TrainingEvent.Builder event = TrainingEvent.newBuilder();
    event.getRolledBackBuilder().setChampion(gate.champion()).setWorse(worse).setComparison(shown);
    events.accept(event);
  }

  private State weights(long version) throws RefusedException {
    return versions
        .weights(version)
        .orElseThrow(
            () ->
                new RefusedException(
                    "version %d is not kept; kept: %s".formatted(version, versions.kept())));
  }

  private static Comparison.Builder comparison(GateDecision decision) {
    return Comparison.newBuilder()
        .setHeldOutRecords(decision.records())
        .setImprovement(decision.improvement())
        .setStandardError(decision.standardError());
  }
}
