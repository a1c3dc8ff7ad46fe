package io.millrace.benchmarks.simulation;

import io.millrace.checkpoints.Checkpoint;
import io.millrace.checkpoints.manifest.Provenance;
import io.millrace.learning.Learner;
import io.millrace.learning.LearnerSettings;
import io.millrace.learning.LearningEvent;
import io.millrace.learning.champion.GateSettings;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.state.State;
import io.millrace.settings.Section;
import io.millrace.trainer.commands.CommandInbox;
import io.millrace.trainer.control.Control;
import io.millrace.trainer.control.RoundSchedule;
import io.millrace.trainer.control.Timetable;
import io.millrace.trainer.decoding.shared.RecordDecoder;
import io.millrace.trainer.events.EventFormat;
import io.millrace.trainer.events.EventLog;
import io.millrace.trainer.events.EventSettings;
import io.millrace.trainer.intake.Holdout;
import io.millrace.trainer.intake.RecordIntake;
import io.millrace.trainer.publishing.CheckpointPublisher;
import io.millrace.trainer.publishing.DeadLetters;
import io.millrace.trainer.resuming.ResumePoint;
import io.millrace.trainer.tracing.RecordTraces;
import io.millrace.trainer.training.LearningListeners;
import io.millrace.trainer.training.Pace;
import io.millrace.trainer.training.RecordRules;
import io.millrace.trainer.training.TrainingLoop;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A real trainer, except for the broker and the clock. It resumes from the newest checkpoint and
 * runs the loop until a {@link Mishaps.Crash} ends it.
 */
final class SimulatedTrainer {
  static final String MODEL = "simulated";

  /** A mini-batch cut by time would be trained differently than without a crash. */
  private static final Duration MAX_BATCH_AGE = Duration.ofDays(10_000);

  private static final RoundSchedule SCHEDULE = new RoundSchedule("7 */5 * * *", ZoneOffset.UTC);

  private final Learner learner;
  private final Control control;
  private final TrainingLoop loop;

  /**
   * The environment of a trainer.
   *
   * @param records the consumer of the records topic
   * @param commands the consumer of the commands topic
   * @param decoder creates a decoder for the learner's mini-batches
   * @param events receives the learner's events
   */
  record World(
      ModelDefinition definition,
      LearnerSettings settings,
      Plan plan,
      VirtualTime time,
      Store store,
      TopicConsumer records,
      TopicConsumer commands,
      Function<Learner, RecordDecoder> decoder,
      Consumer<LearningEvent> events) {}

  SimulatedTrainer(World world) {
    Optional<Checkpoint> newest = world.store().newest();
    LearningListeners listeners = new LearningListeners();
    listeners.add(world.events());
    ResumePoint point =
        ResumePoint.of(newest, world.definition(), world.settings(), "records", listeners);
    learner = point.learner();
    RecordIntake intake = new RecordIntake(world.records(), "records", world.time());
    CommandInbox commands =
        new CommandInbox(
            new RecordIntake(world.commands(), "commands", world.time()),
            MODEL,
            world.time(),
            (topic, offset, reason) -> {});
    EventLog told =
        new EventLog(
            MODEL, new EventSettings("events", EventFormat.PROTOBUF), world.time(), event -> {});
    intake.resume(point.position());
    Section defaults = Section.root(Map.of());
    control =
        new Control(
            learner,
            learner.newGate(GateSettings.read(defaults)),
            intake,
            commands,
            told,
            world.store(),
            new Timetable(Optional.of(SCHEDULE), world.time()));
    resume(point, told);
    listeners.add(control::heard);
    loop =
        new TrainingLoop(
            intake,
            rules(world, learner),
            learner,
            publisher(world, point, told),
            commands,
            control,
            new Pace(MAX_BATCH_AGE, world.time()));
  }

  private static RecordRules rules(World world, Learner learner) {
    return new RecordRules(
        world.decoder().apply(learner), holdout(world.plan()), RecordTraces.NONE);
  }

  Learner learner() {
    return learner;
  }

  boolean isRewinding() {
    return control.isRewinding();
  }

  void turn() {
    if (control.isPaused()) {
      LockSupport.unpark(Thread.currentThread()); // ends the pause of the next turn at once
    }
    loop.turn();
  }

  private void resume(ResumePoint point, EventLog told) {
    Optional<State> state = point.state();
    if (state.isPresent()) {
      told.restore(state.get().child("events"));
      control.restore(state.get().child("control"), true);
    } else {
      control.begin();
    }
  }

  private static Holdout holdout(Plan plan) {
    return record -> plan.holdoutHash(RecordsTopic.number(record.value()));
  }

  private static CheckpointPublisher publisher(World world, ResumePoint point, EventLog told) {
    CheckpointPublisher publisher =
        new CheckpointPublisher(
            world.store(),
            new DeadLetters(Ledger.DEAD_LETTERS),
            told,
            Provenance.ofThisProcess("simulated", "host", 1, ""),
            world.plan().checkpointInterval(),
            world.time(),
            world.time());
    point.state().ifPresent(state -> publisher.goesOnFrom(point.version(), state));
    return publisher;
  }
}
