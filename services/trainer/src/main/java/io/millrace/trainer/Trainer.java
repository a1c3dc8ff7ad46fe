package io.millrace.trainer;

import io.millrace.checkpoints.CheckpointUnavailableException;
import io.millrace.checkpoints.CheckpointWriteException;
import io.millrace.checkpoints.CheckpointWriter;
import io.millrace.checkpoints.DefinitionJson;
import io.millrace.checkpoints.Provenance;
import io.millrace.learning.ValidationSettings;
import io.millrace.learning.devices.Engine;
import io.millrace.learning.state.State;
import io.millrace.proto.events.v1.TrainingEvent;
import io.millrace.runtime.LogKeys;
import io.millrace.runtime.Version;
import io.millrace.runtime.kafka.ClientProperties;
import io.millrace.runtime.lifecycle.Health;
import io.millrace.runtime.lifecycle.Work;
import io.millrace.trainer.commands.CommandInbox;
import io.millrace.trainer.control.Control;
import io.millrace.trainer.control.Timetable;
import io.millrace.trainer.events.EventLog;
import io.millrace.trainer.intake.Holdout;
import io.millrace.trainer.intake.RecordIntake;
import io.millrace.trainer.publishing.CheckpointPublisher;
import io.millrace.trainer.publishing.DeadLetters;
import io.millrace.trainer.publishing.Origin;
import io.millrace.trainer.resuming.ResumePoint;
import io.millrace.trainer.training.LearningListeners;
import io.millrace.trainer.training.LearningLog;
import io.millrace.trainer.training.Pace;
import io.millrace.trainer.training.ProgressMeter;
import io.millrace.trainer.training.TrainingLoop;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The work of the training thread: resumes, then turns the loop.
 *
 * <p>When a checkpoint cannot be written, as while the brokers are away, it is unknown whether it
 * was. So the trainer does what it would do after a crash, which is right in either case: it drops
 * what it holds, waits for the brokers, takes over its own checkpoints and goes on from the newest.
 * When another trainer of the model has taken over, it fails, and with it the process ends.
 */
final class Trainer implements Work {
  private static final Logger LOGGER = LoggerFactory.getLogger(Trainer.class);
  private static final Duration RETRY_PAUSE = Duration.ofMillis(500);
  private static final String PART = "trainer";

  private final TrainerSettings settings;
  private final Consumer<byte[], byte[]> consumer;
  private final RecordIntake intake;
  private final Consumer<byte[], byte[]> commandConsumer;
  private final CommandInbox commands;
  private final java.util.function.Consumer<TrainingEvent> published;
  private final ProgressMeter meter;
  private final Health health;
  private @Nullable CheckpointWriter writer;
  private @Nullable TrainingLoop loop;

  /**
   * @param consumer for the records
   * @param commandConsumer for the commands
   * @param published is told of events that have become visible
   */
  Trainer(
      TrainerSettings settings,
      Consumer<byte[], byte[]> consumer,
      Consumer<byte[], byte[]> commandConsumer,
      java.util.function.Consumer<TrainingEvent> published,
      ProgressMeter meter,
      Health health) {
    this.settings = settings;
    this.consumer = consumer;
    this.intake = new RecordIntake(consumer, settings.records().topic(), System::nanoTime);
    this.commandConsumer = commandConsumer;
    this.commands =
        new CommandInbox(
            new RecordIntake(commandConsumer, settings.commands().topic(), System::nanoTime),
            settings.model(),
            System::nanoTime);
    this.published = published;
    this.meter = meter;
    this.health = health;
  }

  @Override
  public void doWork() {
    try {
      TrainingLoop current = loop == null ? resume() : loop;
      current.turn();
      meter.observe(current);
    } catch (CheckpointWriteException | CheckpointUnavailableException | RetriableException e) {
      goBack(e);
    }
  }

  @Override
  public void onStop() {
    if (loop == null) {
      return;
    }
    try {
      loop.finish();
      meter.measure(loop);
    } catch (CheckpointWriteException | RetriableException e) {
      LOGGER
          .atWarn()
          .addKeyValue(LogKeys.REASON, e.getMessage())
          .log("Stopped without a last checkpoint; a restart goes on from the one before");
    }
  }

  @Override
  public void onClose() {
    closeWriter();
    consumer.close();
    commandConsumer.close();
  }

  private TrainingLoop resume() {
    ClientProperties clients = new ClientProperties(settings.kafka());
    CheckpointWriter opened =
        CheckpointWriter.open(
            clients.producer("millrace-checkpoints"),
            clients.consumer("millrace-resuming"),
            settings.checkpoints(),
            settings.model());
    writer = opened;
    LearningListeners listeners = new LearningListeners();
    listeners.add(new LearningLog());
    ResumePoint point =
        ResumePoint.of(
            opened.resumePoint(),
            settings.definition(),
            settings.learner(),
            settings.records().topic(),
            listeners);
    intake.seek(point.position());
    TrainingLoop resumed = loop(point, opened, listeners);
    loop = resumed;
    meter.measure(resumed);
    settings.learner().warnings().forEach(LOGGER::warn);
    health.ready(PART);
    LOGGER
        .atInfo()
        .addKeyValue(LogKeys.MODEL, settings.model())
        .addKeyValue(LogKeys.SEQUENCE, point.sequence())
        .log(
            "Training {} with {}",
            point.sequence() == 0 ? "begins" : "goes on at " + point.position(),
            point.learner().engine().describe());
    return resumed;
  }

  private TrainingLoop loop(
      ResumePoint point, CheckpointWriter opened, LearningListeners listeners) {
    EventLog events =
        new EventLog(settings.model(), settings.events(), InstantSource.system(), published);
    Control control = control(point, opened, events);
    listeners.add(control::heard);
    CheckpointPublisher publisher = publisher(point, opened, events);
    ValidationSettings validation = settings.learner().validation();
    return new TrainingLoop(
        intake,
        settings.records().decoder(settings.definition(), validation, point.learner().context()),
        Holdout.by(validation, point.learner().context()),
        point.learner(),
        publisher,
        commands,
        control,
        new Pace(settings.maxBatchAge(), System::nanoTime));
  }

  private Control control(ResumePoint point, CheckpointWriter opened, EventLog events) {
    Control control =
        new Control(
            point.learner(),
            point.learner().newGate(settings.gate()),
            intake,
            commands,
            events,
            new StoredVersions(opened),
            new Timetable(settings.rounds(), InstantSource.system()));
    Optional<State> state = point.state().filter(saved -> saved.contains("control"));
    if (state.isPresent()) {
      events.restore(state.get().child("events"));
      control.restore(state.get().child("control"));
    } else if (point.sequence() > 0) {
      control.restoreChampion(opened.manifest().championSequence());
    } else {
      control.begin();
    }
    return control;
  }

  private CheckpointPublisher publisher(
      ResumePoint point, CheckpointWriter opened, EventLog events) {
    Engine engine = point.learner().engine();
    Provenance provenance =
        Provenance.ofThisProcess(
            Version.current(), engine.backend(), engine.threads(), settings.sha256());
    Origin origin =
        new Origin(
            DefinitionJson.write(settings.definition().tree()),
            settings.records().topic(),
            provenance);
    CheckpointPublisher publisher =
        new CheckpointPublisher(
            new StoredVersions(opened),
            new DeadLetters(settings.records().deadLetters()),
            events,
            origin,
            settings.checkpoints().interval(),
            System::nanoTime,
            InstantSource.system());
    publisher.goesOnFrom(point.sequence());
    return publisher;
  }

  private void goBack(RuntimeException failure) {
    health.notReady(PART, "waits for the brokers");
    LOGGER
        .atWarn()
        .addKeyValue(LogKeys.MODEL, settings.model())
        .addKeyValue(LogKeys.REASON, failure.getMessage())
        .log("Going back to the newest checkpoint");
    loop = null;
    closeWriter();
    LockSupport.parkNanos(RETRY_PAUSE.toNanos());
  }

  private void closeWriter() {
    if (writer != null) {
      writer.close();
      writer = null;
    }
  }
}
