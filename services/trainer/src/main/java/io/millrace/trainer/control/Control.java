package io.millrace.trainer.control;

import io.millrace.checkpoints.manifest.Champion;
import io.millrace.learning.Learner;
import io.millrace.learning.LearningEvent;
import io.millrace.learning.LearningEvent.DriftDetected;
import io.millrace.learning.LearningEvent.Evaluated;
import io.millrace.learning.LearningEvent.RoundStarted;
import io.millrace.learning.RoundCause;
import io.millrace.learning.champion.Gate;
import io.millrace.learning.state.State;
import io.millrace.proto.control.v1.Retrain;
import io.millrace.proto.events.v1.TrainingEvent;
import io.millrace.trainer.commands.CommandInbox;
import io.millrace.trainer.commands.Received;
import io.millrace.trainer.events.EventLog;
import io.millrace.trainer.events.LearningEvents;
import io.millrace.trainer.intake.RecordIntake;
import io.millrace.trainer.publishing.CheckpointContributor;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Controls a trainer apart from its records: commands, rewinds, and which weights are served.
 *
 * <p>A command takes effect between two mini-batches, and a checkpoint is taken at once. So its
 * effect and the position after it on the commands topic become visible together. A command is
 * therefore executed once, even after a crash. A command sent again with the same id is not
 * executed again.
 *
 * <p>Every round but the first trains a challenger. Owned by the training thread.
 */
public final class Control implements CheckpointContributor {
  private final Learner learner;
  private final RecordIntake intake;
  private final CommandInbox commands;
  private final EventLog events;
  private final ChampionControl champions;
  private final Timetable timetable;
  private final Answered answered = new Answered();
  private final PositionLog positions = new PositionLog();
  private @Nullable SortedMap<Integer, Long> driftStart;
  private Course course = new Course.Following();
  private boolean evaluated;

  /**
   * @param gate the learner's gate
   * @param intake the intake of the records
   * @param timetable the schedule of rounds that begin by the clock
   */
  public Control(
      Learner learner,
      Gate gate,
      RecordIntake intake,
      CommandInbox commands,
      EventLog events,
      Versions versions,
      Timetable timetable) {
    this.learner = learner;
    this.intake = intake;
    this.commands = commands;
    this.events = events;
    this.champions = new ChampionControl(gate, versions, this::tell);
    this.timetable = timetable;
  }

  /** Publishes the event that training begins. */
  public void begin() {
    commands.begin();
    TrainingEvent.Builder event = TrainingEvent.newBuilder();
    event
        .getRoundStartedBuilder()
        .setRound(learner.progress().round())
        .setCause(RoundCause.FIRST.label());
    tell(event);
  }

  /** Handles an event of the learner. */
  public void heard(LearningEvent event) {
    LearningEvents.message(event).ifPresent(message -> events.add(learner.consumed(), message));
    evaluated |= event instanceof Evaluated;
    if (event instanceof DriftDetected drift) {
      driftStart = positions.before(drift.records() - drift.began()).orElse(null);
    } else if (event instanceof RoundStarted started && started.cause() != RoundCause.COMMAND) {
      champions.challengeUnlessPinned();
    }
  }

  /**
   * Adds the current position to the position log if due. Must be called between two mini-batches.
   */
  public void passed() {
    if (!isRewinding() && positions.isDue(learner.learnedFrom())) {
      positions.note(learner.learnedFrom(), intake.position());
    }
  }

  /**
   * Returns whether an evaluation since the last call changes which model is to be served. A
   * checkpoint is then due at once. Must be called between two mini-batches.
   */
  public boolean hasVerdict() {
    boolean asks = evaluated && !isRewinding();
    evaluated = false;
    return asks && champions.hasVerdict();
  }

  /** Returns whether nothing is served yet for want of an evaluation. */
  public boolean awaitsEvaluation() {
    return !isRewinding() && champions.awaitsEvaluation();
  }

  /** Returns whether a scheduled round is due. A rewind is not interrupted for one. */
  public boolean isRoundDue() {
    return !isRewinding() && timetable.isDue();
  }

  /** Begins the scheduled round. Requires that no record is pending. */
  public void beginDueRound() {
    timetable.taken();
    learner.newRound(RoundCause.SCHEDULE);
  }

  /** Returns whether the trainer is paused, so that it consumes no records. */
  public boolean isPaused() {
    return course.isPaused();
  }

  /** Returns whether earlier records are being reread. */
  public boolean isRewinding() {
    return course.rewind() != null;
  }

  /** Returns the current status for display. */
  public ControlStatus status() {
    return new ControlStatus(champions.champion(), champions.mode(), isPaused(), isRewinding());
  }

  /** Returns whether the running rewind includes this record. */
  public boolean covers(int partition, long offset) {
    Rewind rewind = course.rewind();
    return rewind != null && rewind.covers(partition, offset);
  }

  /** Counts a held-out record of the rewind. */
  public void countHeldOut() {
    Rewind rewind = course.rewind();
    if (rewind != null) {
      rewind.countHeldOut();
    }
  }

  /**
   * Returns whether a pass has ended. The caller then trains the mini-batch and calls {@link
   * #goOn}.
   */
  public boolean hasEndedPass() {
    Rewind rewind = course.rewind();
    return rewind != null && rewind.hasEndedPass();
  }

  /** Begins the next pass, or continues with new records. */
  public void goOn() {
    Rewind rewind = course.rewind();
    if (rewind != null && !rewind.goesOn()) {
      champions.evaluateSince(rewind.heldOut());
      course = course.reading(null);
      learner.rewound(false);
      learner.evaluateNow();
    }
  }

  /** Executes a command, or refuses it with a reason. Requires that no record is pending. */
  public void execute(Received received) {
    String known = received.id().isEmpty() ? null : answered.reason(received.id());
    String reason = known == null ? outcome(received) : known;
    if (known == null && !received.id().isEmpty()) {
      answered.add(received.id(), reason);
    }
    CommandLog.answered(received, reason);
    TrainingEvent.Builder event = TrainingEvent.newBuilder();
    if (reason.isEmpty()) {
      event
          .getCommandDoneBuilder()
          .setId(received.id())
          .setCommand(received.name())
          .setRepeated(known != null);
    } else {
      event
          .getCommandRefusedBuilder()
          .setId(received.id())
          .setCommand(received.name())
          .setReason(reason);
    }
    tell(event);
  }

  @Override
  public Champion decide(long version) {
    return champions.decide(version, learner.progress().counts().evaluations(), isRewinding());
  }

  @Override
  public void save(State state) {
    state.put("paused", isPaused());
    commands.save(state.child("commands"));
    answered.save(state.child("answered"));
    positions.save(state.child("positions"));
    champions.save(state.child("serving"));
    timetable.save(state.child("timetable"));
    if (driftStart != null) {
      state.put("drift_start", Offsets.array(driftStart));
    }
    Rewind rewind = course.rewind();
    if (rewind != null) {
      rewind.save(state.child("rewind"));
    }
  }

  /**
   * Restores the saved state. The intake is already at its position.
   *
   * @param sameTopic whether the offsets in the state still refer to this topic
   */
  public void restore(State state, boolean sameTopic) {
    Course following = new Course.Following();
    course = state.flag("paused") ? new Course.Paused(following) : following;
    commands.restore(state.child("commands"));
    answered.restore(state.child("answered"));
    champions.restore(state.child("serving"));
    timetable.restore(state.child("timetable"));
    if (sameTopic) {
      restorePositions(state);
    }
  }

  private void restorePositions(State state) {
    positions.restore(state.child("positions"));
    driftStart = state.has("drift_start") ? Offsets.map(state.integers("drift_start")) : null;
    if (state.contains("rewind")) {
      course = course.reading(Rewind.restored(state.child("rewind"), intake));
      learner.rewound(true);
    }
  }

  /** Rereads all commands and records that were fetched but not processed. */
  public void readAgain() {
    commands.readAgain();
    intake.seek(intake.position());
    Rewind rewind = course.rewind();
    if (rewind != null) {
      State state = new State();
      rewind.save(state);
      course = course.reading(Rewind.restored(state, intake));
    }
  }

  /** Goes on from a checkpoint that knew no control. */
  public void restoreChampion(long version) {
    commands.begin();
    champions.restoreChampion(version);
  }

  /** Returns why the command was not executed; empty if it was. */
  private String outcome(Received received) {
    if (!received.isReadable()) {
      return received.problem();
    }
    try {
      carryOut(received);
      return "";
    } catch (RefusedException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private void carryOut(Received received) throws RefusedException {
    switch (received.command().getCommandCase()) {
      case RETRAIN -> retrain(received.command().getRetrain());
      case PAUSE -> pause();
      case RESUME -> resume();
      case PROMOTE -> champions.promote(received.command().getPromote().getVersion());
      case ROLLBACK -> champions.rollBack(received.command().getRollback().getVersion());
      case COMMAND_NOT_SET -> throw new RefusedException("there is no command in it");
    }
  }

  private void pause() throws RefusedException {
    if (isPaused()) {
      throw new RefusedException("training is paused already");
    }
    course = new Course.Paused(course);
  }

  private void resume() throws RefusedException {
    if (!(course instanceof Course.Paused paused)) {
      throw new RefusedException("training is not paused");
    }
    course = paused.next();
  }

  private void retrain(Retrain command) throws RefusedException {
    if (isRewinding()) {
      throw new RefusedException("records are being read once more for an earlier command");
    }
    SortedMap<Integer, Long> until = intake.position();
    Optional<SortedMap<Integer, Long>> start =
        new RewindStart(intake, Optional.ofNullable(driftStart)).of(command);
    learner.retrain(command.getFreshWeights());
    champions.challenge(0);
    if (start.isPresent()) {
      course =
          course.reading(
              Rewind.begin(start.get(), until, Math.max(1, command.getPasses()), intake));
      learner.rewound(true);
    }
  }

  private void tell(TrainingEvent.Builder event) {
    events.add(learner.consumed(), event);
  }
}
