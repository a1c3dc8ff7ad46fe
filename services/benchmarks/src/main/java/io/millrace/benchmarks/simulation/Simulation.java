package io.millrace.benchmarks.simulation;

import static io.millrace.learning.GateDecision.Outcome.STAY;
import static io.millrace.learning.GateDecision.Outcome.VETO;

import io.millrace.benchmarks.drift.DefaultLearner;
import io.millrace.benchmarks.drift.RecordedStream;
import io.millrace.learning.Counts;
import io.millrace.learning.Gate;
import io.millrace.learning.GateDecision;
import io.millrace.learning.GateSettings;
import io.millrace.learning.Learner;
import io.millrace.learning.LearningEvent;
import io.millrace.learning.LearningEvent.Evaluated;
import io.millrace.learning.LearningEvent.RoundStarted;
import io.millrace.learning.state.State;
import io.millrace.settings.Section;
import java.util.Map;
import java.util.TreeMap;

/**
 * The life of a learner and its gate: it learns, publishes, dies at random moments, goes on from
 * the newest checkpoint, is commanded to train again, and meets drifts and bad records. There is no
 * topic and no time; a checkpoint is what a resumed process would read.
 *
 * <p>After every step the {@link Invariant}s hold, or it ends with an exception.
 */
final class Simulation {
  private final RecordedStream stream;
  private final Plan plan;
  private final Fates fates;
  private final ServedModels served;
  private final Map<Long, State> published = new TreeMap<>();
  private final GateSettings gateSettings;
  private Life life;
  private Gate gate;
  private Checkpoint newest;
  private boolean evaluated;
  private boolean roundBegan;
  private long sequence;
  private int championSince;
  private long moment;
  private long crashes;
  private long goneBack;
  private long chosen;

  /** What a process reads that takes over. */
  private record Checkpoint(
      long sequence,
      int position,
      int commandedUpTo,
      int championSince,
      State weights,
      State learner,
      State gate) {}

  Simulation(RecordedStream stream, Plan plan) {
    this.stream = stream;
    this.plan = plan;
    Section defaults = Section.root(Map.of());
    gateSettings = GateSettings.read(defaults);
    fates = new Fates(stream.size());
    life = born();
    gate = life.learner().newGate(gateSettings);
    served = new ServedModels(stream, DefaultLearner.definition(stream), this::isHeldOut);
    newest = checkpoint();
  }

  /** Lives through all records and returns what happened. */
  Summary run() {
    while (!life.hasEnded()) {
      moment++;
      if (plan.crashes(moment)) {
        crash();
      } else {
        life.next(fates);
        publishIfDue();
      }
    }
    requireSameAsUninterrupted();
    return new Summary(
        stream.size(),
        crashes,
        goneBack,
        sequence,
        life.learner().progress().round(),
        life.learner().progress().drifts(),
        chosen,
        served.compared());
  }

  private Life born() {
    return new Life(stream, plan, DefaultLearner.of(stream, Map.of(), this::note));
  }

  private void note(LearningEvent event) {
    evaluated |= event instanceof Evaluated;
    roundBegan |= event instanceof RoundStarted;
  }

  private boolean isHeldOut(int record) {
    return !plan.isBad(record) && life.learner().holdsOut(plan.holdoutHash(record));
  }

  private void crash() {
    crashes++;
    goneBack += life.position() - newest.position();
    fates.undoFrom(newest.position());
    life = born();
    life.learner().restore(newest.weights(), newest.learner());
    life.goOnAt(newest.position(), newest.commandedUpTo());
    gate = life.learner().newGate(gateSettings);
    gate.restore(newest.gate());
    championSince = newest.championSince();
    if (gate.champion() != 0) {
      gate.restoreChampion(gate.champion(), weights(gate.champion()));
    }
    if (gate.predecessor() != 0) {
      gate.restorePredecessor(weights(gate.predecessor()));
    }
    evaluated = false;
    roundBegan = false;
  }

  private void publishIfDue() {
    Learner learner = life.learner();
    if (learner.pending() > 0 || !(evaluated || plan.isCheckpointDue(moment))) {
      return;
    }
    if (roundBegan) {
      gate.challenge(0);
      roundBegan = false;
    }
    decide();
    evaluated = false;
    newest = checkpoint();
    requireCounts(learner.progress().counts());
  }

  private void decide() {
    long next = newest.sequence() + 1;
    Invariant.SEQUENCE_NEVER_DECREASES.require(
        next > sequence, "%d comes after %d", next, sequence);
    sequence = next;
    published.put(next, life.learner().weights());
    if (!isChosen(next)) {
      act(next);
    }
    published.keySet().removeIf(each -> each != gate.champion() && each != gate.predecessor());
  }

  /** Returns whether a person has said since the newest checkpoint what is to be served. */
  private boolean isChosen(long next) {
    Plan.ServingCommand command = plan.servingCommandBetween(newest.position(), life.position());
    boolean goesBack = command == Plan.ServingCommand.ROLL_BACK && gate.predecessor() != 0;
    if (goesBack) {
      gate.pin(gate.predecessor(), weights(gate.predecessor()), true);
    } else if (command == Plan.ServingCommand.PROMOTE) {
      gate.promote(next);
    } else {
      return false;
    }
    championSince = life.position();
    chosen++;
    return true;
  }

  private void act(long next) {
    boolean isPinned = gate.mode() == Gate.Mode.PINNED;
    GateDecision decision = gate.decide(evaluated);
    Invariant.CHOSEN_CHAMPION_STAYS.require(
        !isPinned || decision.outcome() == STAY, "%s of what a person chose", decision);
    switch (decision.outcome()) {
      case ADVANCE -> {
        if (gate.champion() != 0) {
          served.requireNotWorse(
              weights(gate.champion()), weights(next), championSince, life.position());
        }
        gate.advance(next);
      }
      case PROMOTE -> gate.promote(next);
      case ROLL_BACK -> gate.rollBack();
      case STAY, VETO -> {}
    }
    boolean changed = decision.outcome() != STAY && decision.outcome() != VETO;
    championSince = changed ? life.position() : championSince;
  }

  private State weights(long sequenceOfModel) {
    State weights = published.get(sequenceOfModel);
    if (weights == null) {
      throw new IllegalStateException("version " + sequenceOfModel + " is not kept");
    }
    return weights;
  }

  private Checkpoint checkpoint() {
    State ofGate = new State();
    gate.save(ofGate);
    return new Checkpoint(
        sequence,
        life.position(),
        life.commandedUpTo(),
        championSince,
        life.learner().weights(),
        life.learner().state(),
        ofGate);
  }

  private void requireCounts(Counts counts) {
    int end = life.position();
    long trained = counts.trained() + counts.scored();
    Invariant.EVERY_RECORD_TRAINED_ONCE.require(
        trained + counts.validated() + counts.rejected() == end,
        "%d records of %d are counted",
        counts.records(),
        end);
  }

  private void requireSameAsUninterrupted() {
    Fates others = new Fates(stream.size());
    Life uninterrupted = born();
    while (!uninterrupted.hasEnded()) {
      uninterrupted.next(others);
    }
    Invariant.RESUMED_RUN_EQUALS_UNINTERRUPTED_RUN.require(
        uninterrupted.sha256().equals(life.sha256())
            && uninterrupted.learner().progress().equals(life.learner().progress()),
        "%s after %d crashes, %s without",
        life.learner().progress(),
        crashes,
        uninterrupted.learner().progress());
    Counts counts = life.learner().progress().counts();
    int pending = life.learner().pending();
    Invariant.EVERY_RECORD_TRAINED_ONCE.require(
        fates.trainedBefore(stream.size()) == counts.trained() + counts.scored() + pending
            && fates.validatedBefore(stream.size()) == counts.validated()
            && fates.rejectedBefore(stream.size()) == counts.rejected(),
        "the learner counts %s",
        counts);
  }

  /**
   * What happened in a simulation.
   *
   * @param repeated records that were dealt with again after crashes
   * @param chosen times that a command said what is served
   * @param compared changes of the served model that were compared with the one before
   */
  record Summary(
      int records,
      long crashes,
      long repeated,
      long checkpoints,
      long rounds,
      long drifts,
      long chosen,
      long compared) {
    @Override
    public String toString() {
      return "records=%d crashes=%d repeated=%d checkpoints=%d rounds=%d drifts=%d chosen=%d compared=%d"
          .formatted(records, crashes, repeated, checkpoints, rounds, drifts, chosen, compared);
    }
  }
}
