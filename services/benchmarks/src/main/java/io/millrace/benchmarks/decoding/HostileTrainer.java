package io.millrace.benchmarks.decoding;

import com.sun.management.ThreadMXBean;
import io.millrace.checkpoints.manifest.Provenance;
import io.millrace.learning.Learner;
import io.millrace.learning.LearnerSettings;
import io.millrace.learning.champion.GateSettings;
import io.millrace.learning.model.ExampleBatch;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.settings.Section;
import io.millrace.trainer.commands.CommandInbox;
import io.millrace.trainer.control.Control;
import io.millrace.trainer.control.Timetable;
import io.millrace.trainer.decoding.shared.RecordDecoder;
import io.millrace.trainer.decoding.shared.Rejected;
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
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A real trainer whose topics are in memory: intake, decoder, loop, dead letters and checkpoints
 * process {@link HostileRecords}. Confined to one thread.
 */
final class HostileTrainer {
  private static final String MODEL = "hostile";
  private static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(1);
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final LetterCount letters = new LetterCount();
  private final RecordDecoder decoder;
  private final Learner learner;
  private final TrainingLoop loop;
  private final int warmUp;
  private long mostBytes;

  /**
   * @param warmUp the number of first records, whose decoding loads classes and is not measured
   */
  HostileTrainer(Sample sample, int records, int warmUp) throws IOException {
    this.warmUp = warmUp;
    this.decoder = sample.decoder();
    ModelDefinition model = sample.model();
    LearningListeners listeners = new LearningListeners();
    LearnerSettings settings = LearnerSettings.read(Section.root(Map.of()), model);
    ResumePoint point =
        ResumePoint.of(Optional.empty(), model, settings, HostileRecords.TOPIC, listeners);
    learner = point.learner();
    HostileRecords hostile = new HostileRecords(sample);
    RecordIntake intake =
        intake(new HostileTopic(HostileRecords.TOPIC, records, hostile::record), "records");
    CommandInbox commands =
        new CommandInbox(
            intake(new HostileTopic("commands", 0, offset -> hostile.record(offset)), "commands"),
            MODEL,
            System::nanoTime,
            (topic, offset, reason) -> {});
    EventLog events =
        new EventLog(
            MODEL,
            new EventSettings("events", EventFormat.PROTOBUF),
            InstantSource.system(),
            event -> {});
    intake.resume(point.position());
    Control control = control(intake, commands, events);
    control.begin();
    listeners.add(control::heard);
    loop =
        new TrainingLoop(
            intake,
            new RecordRules(this::decode, Holdout.KEY, RecordTraces.NONE),
            learner,
            publisher(events),
            commands,
            control,
            new Pace(Duration.ZERO, System::nanoTime));
  }

  private static RecordIntake intake(HostileTopic topic, String name) {
    return new RecordIntake(topic, name, System::nanoTime);
  }

  private Control control(RecordIntake intake, CommandInbox commands, EventLog events) {
    return new Control(
        learner,
        learner.newGate(GateSettings.read(Section.root(Map.of()))),
        intake,
        commands,
        events,
        letters,
        new Timetable(Optional.empty(), InstantSource.system()));
  }

  private CheckpointPublisher publisher(EventLog events) {
    return new CheckpointPublisher(
        letters,
        new DeadLetters(LetterCount.TOPIC),
        events,
        Provenance.ofThisProcess("hostile", "host", 1, ""),
        CHECKPOINT_INTERVAL,
        System::nanoTime,
        InstantSource.system());
  }

  private @Nullable Rejected decode(byte @Nullable [] value, ExampleBatch rows) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    Rejected rejected = decoder.decode(value, rows);
    long bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
    mostBytes = learner.consumed() < warmUp ? 0 : Math.max(mostBytes, bytes);
    return rejected;
  }

  /** Processes the records of one poll. */
  void turn() {
    loop.turn();
  }

  /** Learns and publishes the remaining records. */
  void finish() {
    while (learner.pending() > 0) {
      loop.turn();
    }
    loop.finish();
  }

  Learner learner() {
    return learner;
  }

  LetterCount letters() {
    return letters;
  }

  /** Returns the most heap bytes that decoding one record allocated. */
  long mostBytes() {
    return mostBytes;
  }
}
