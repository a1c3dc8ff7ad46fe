package io.millrace.trainer;

import io.millrace.checkpoints.Checkpoint;
import io.millrace.checkpoints.CheckpointWriter;
import io.millrace.checkpoints.failures.CheckpointException;
import io.millrace.checkpoints.manifest.Manifest;
import io.millrace.checkpoints.manifest.Provenance;
import io.millrace.learning.LearnerSettings;
import io.millrace.learning.RivalProgress;
import io.millrace.learning.devices.Engine;
import io.millrace.learning.evaluation.RecordContext;
import io.millrace.learning.evaluation.ValidationSettings;
import io.millrace.learning.state.State;
import io.millrace.proto.events.v1.TrainingEvent;
import io.millrace.runtime.LogKeys;
import io.millrace.runtime.Version;
import io.millrace.runtime.kafka.ClientProperties;
import io.millrace.runtime.lifecycle.Health;
import io.millrace.runtime.lifecycle.Work;
import io.millrace.runtime.tracing.Tracing;
import io.millrace.trainer.commands.CommandInbox;
import io.millrace.trainer.control.Control;
import io.millrace.trainer.control.Timetable;
import io.millrace.trainer.events.EventLog;
import io.millrace.trainer.events.EventReader;
import io.millrace.trainer.events.EventSpeech;
import io.millrace.trainer.intake.DataLoss;
import io.millrace.trainer.intake.Holdout;
import io.millrace.trainer.intake.LabelWatch;
import io.millrace.trainer.intake.RecordIntake;
import io.millrace.trainer.publishing.CheckpointPublisher;
import io.millrace.trainer.publishing.CheckpointSink;
import io.millrace.trainer.publishing.DeadLetters;
import io.millrace.trainer.resuming.InitialModel;
import io.millrace.trainer.resuming.ResumePoint;
import io.millrace.trainer.tracing.RecordTraces;
import io.millrace.trainer.tracing.TracedCheckpoints;
import io.millrace.trainer.training.Inspections;
import io.millrace.trainer.training.LearningListeners;
import io.millrace.trainer.training.LearningLog;
import io.millrace.trainer.training.Pace;
import io.millrace.trainer.training.ProgressMeter;
import io.millrace.trainer.training.RecordRules;
import io.millrace.trainer.training.TrainerProgress;
import io.millrace.trainer.training.TrainingLoop;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The work of the training thread: it resumes, then runs the training loop.
 *
 * <p>If writing a checkpoint fails, for example because the brokers are away, the outcome is
 * unknown. The trainer then does what it would do after a crash, which is right in either case: it
 * drops its state, waits for the brokers, takes over its own checkpoints and resumes from the
 * newest. Only if the checkpoints were deleted with their topics, the trainer continues with the
 * state it holds and writes that again. If another trainer of the model has taken over, the trainer
 * fails and the process ends.
 */
final class Trainer implements Work {
  private static final Logger LOGGER = LoggerFactory.getLogger(Trainer.class);
  private static final String PART = "trainer";

  private final TrainerSettings settings;
  private final Sources sources;
  private final RecordIntake intake;
  private final CommandInbox commands;
  private final EventSpeech speech;
  private final ProgressMeter meter;
  private final Inspections inspections;
  private final PassedOver passedOver;
  private final Setbacks setbacks;
  private final Divergence divergence;
  private final RecordTraces traces = new RecordTraces(Tracing.ofProcess().isOn());
  private @Nullable CheckpointWriter writer;
  private volatile @Nullable Manifest manifest;
  private @Nullable TrainingLoop loop;

  /** The loop whose last checkpoint may not have been written. */
  private @Nullable TrainingLoop interrupted;

  /**
   * @param published receives events once they have become visible
   */
  Trainer(
      TrainerSettings settings,
      Sources sources,
      java.util.function.Consumer<TrainingEvent> published,
      ProgressMeter meter,
      Inspections inspections,
      Health health,
      PassedOver passedOver) {
    this.settings = settings;
    this.sources = sources;
    this.intake =
        new RecordIntake(
            sources.records(),
            settings.records().topic(),
            System::nanoTime,
            sources.topicIds(),
            settings.records().onDataLoss());
    this.commands =
        new CommandInbox(
            new RecordIntake(
                sources.commands(),
                settings.commands().topic(),
                System::nanoTime,
                sources.topicIds(),
                DataLoss.SKIP),
            settings.model(),
            System::nanoTime,
            passedOver::refused);
    this.speech = new EventSpeech(System::nanoTime, published);
    this.meter = meter;
    this.inspections = inspections;
    this.passedOver = passedOver;
    this.setbacks = new Setbacks(settings, health, PART);
    this.divergence = new Divergence(health);
  }

  @Override
  public void doWork() {
    try {
      TrainingLoop current = loop == null ? resume() : loop;
      Objects.requireNonNull(writer).requireOwnership();
      current.turn();
      inspections.turned();
      meter.observe(current);
      manifest = writer.manifest();
      divergence.check(meter.newest().learning());
    } catch (CheckpointException | KafkaException e) {
      goBack(e);
    }
  }

  /** Returns the newest manifest; empty before the take-over. Safe for any thread. */
  Optional<Manifest> manifest() {
    return Optional.ofNullable(manifest);
  }

  @Override
  public void onStop() {
    if (loop == null) {
      return;
    }
    try {
      loop.finish();
      meter.measure(loop);
      sayStopped(meter.newest());
    } catch (CheckpointException | RetriableException e) {
      LOGGER
          .atWarn()
          .addKeyValue(LogKeys.REASON, e.getMessage())
          .log("Stopped without a last checkpoint; a restart goes on from the one before");
    }
  }

  private static void sayStopped(TrainerProgress last) {
    LOGGER.info(
        "Stopped after {} records; {}",
        last.learning().counts().records(),
        last.version() == 0
            ? "no version is written"
            : "version %d is written".formatted(last.version()));
  }

  @Override
  public void onClose() {
    if (writer != null) {
      writer.close();
    }
    sources.close();
  }

  private TrainingLoop resume() {
    TrainingLoop held = interrupted;
    CheckpointWriter opened = writer;
    if (opened == null) {
      opened = open();
      writer = opened;
    } else {
      TrainerTopics.restore(settings);
      if (!opened.takeOverAgain() && held != null) {
        return goOnWith(held, opened);
      }
    }
    interrupted = null;
    requireNoOthers(opened);
    return begun(opened);
  }

  private CheckpointWriter open() {
    ClientProperties clients = new ClientProperties(settings.kafka());
    return CheckpointWriter.open(
        clients.producer("millrace-checkpoints"),
        clients.consumer("millrace-resuming"),
        settings.checkpoints(),
        settings.model(),
        (topic, offset, reason) ->
            passedOver.refused(topic, offset, String.valueOf(reason.getMessage())));
  }

  /** Continues with the state in memory, because the checkpoints were deleted with their topics. */
  private TrainingLoop goOnWith(TrainingLoop held, CheckpointWriter opened) {
    held.publishAgain();
    interrupted = null;
    loop = held;
    setbacks.over();
    long version = opened.manifest().latestVersion();
    LOGGER
        .atWarn()
        .addKeyValue(LogKeys.MODEL, settings.model())
        .addKeyValue(LogKeys.VERSION, version)
        .log(
            version == 1
                ? "The first checkpoint has been written after all"
                : "The checkpoints were deleted; the newest was written again, the others are lost");
    return held;
  }

  /** If checkpoints existed but are gone, only the operator may decide to start over. */
  private void requireNoOthers(CheckpointWriter opened) {
    if (opened.hasLostAll()) {
      throw setbacks.lost(
          "the checkpoints of %s up to version %d were deleted"
              .formatted(settings.model(), opened.nextVersion() - 1));
    }
    if (opened.isFirst()) {
      EventReader.newestCheckpoint(
              new ClientProperties(settings.kafka()).consumer("millrace-resuming"),
              settings.events().topic(),
              settings.model())
          .ifPresent(
              version -> {
                throw setbacks.lost(
                    "there is no checkpoint of %s, and %s tells of version %d"
                        .formatted(settings.model(), settings.events().topic(), version));
              });
    }
  }

  private TrainingLoop begun(CheckpointWriter opened) {
    LearningListeners listeners = new LearningListeners();
    listeners.add(new LearningLog());
    Optional<Checkpoint> newest = opened.resumePoint();
    LearnerSettings learner =
        newest.isPresent()
            ? settings.learner() // a model that has begun needs no other any more
            : InitialModel.read(settings.kafka(), settings.definition(), settings.learner());
    ResumePoint point =
        ResumePoint.of(
            newest, settings.definition(), learner, settings.records().topic(), listeners);
    traces.clear(); // records since that point are read again
    boolean sameTopic = intake.resume(point.position());
    TrainingLoop resumed = loop(point, opened, listeners, sameTopic);
    loop = resumed;
    meter.begin(resumed, opened.manifest().lineage().term());
    settings.learner().warnings(settings.definition()).forEach(LOGGER::warn);
    opened
        .keptTooLate()
        .forEach(
            gone ->
                LOGGER
                    .atWarn()
                    .addKeyValue(LogKeys.VERSION, gone)
                    .log("A version of checkpoints.keep was dropped before"));
    settings.definition().compilation().remarks().forEach(LOGGER::info);
    setbacks.over();
    LOGGER
        .atInfo()
        .addKeyValue(LogKeys.MODEL, settings.model())
        .addKeyValue(LogKeys.VERSION, point.version())
        .log(
            "Training {} with {}",
            point.version() == 0 ? "begins" : "goes on at " + intake.streamPosition(),
            point.learner().engine().describe());
    tellRivals(point.learner().progress().rivals());
    return resumed;
  }

  private static void tellRivals(List<RivalProgress> rivals) {
    if (!rivals.isEmpty()) {
      LOGGER.info(
          "{} learners answer together: {}",
          rivals.size(),
          rivals.stream().map(RivalProgress::described).collect(Collectors.joining("; ")));
    }
  }

  private TrainingLoop loop(
      ResumePoint point, CheckpointWriter opened, LearningListeners listeners, boolean sameTopic) {
    EventLog events =
        new EventLog(settings.model(), settings.events(), InstantSource.system(), speech);
    Control control = control(point, opened, events, sameTopic);
    listeners.add(control::heard);
    inspections.begin(point.learner());
    listeners.add(inspections::heard);
    CheckpointPublisher publisher = publisher(point, opened, events);
    return new TrainingLoop(
        intake,
        rules(point.learner().context()),
        point.learner(),
        publisher,
        commands,
        control,
        new Pace(settings.maxBatchAge(), System::nanoTime));
  }

  private RecordRules rules(RecordContext context) {
    ValidationSettings validation = settings.learner().validation();
    return new RecordRules(
        LabelWatch.over(
            settings.records().decoder(settings.definition(), validation, context),
            settings.definition()),
        Holdout.by(validation, context),
        traces);
  }

  private Control control(
      ResumePoint point, CheckpointWriter opened, EventLog events, boolean sameTopic) {
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
      control.restore(state.get().child("control"), sameTopic);
    } else if (point.version() > 0) {
      control.restoreChampion(opened.manifest().championVersion());
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
    CheckpointPublisher publisher =
        new CheckpointPublisher(
            sink(opened),
            new DeadLetters(settings.records().deadLetters()),
            events,
            provenance,
            settings.checkpoints().interval(),
            System::nanoTime,
            InstantSource.system());
    point.state().ifPresent(state -> publisher.goesOnFrom(point.version(), state));
    if (point.version() == 0 && settings.learner().training().initialWeights().isPresent()) {
      publisher.requestCheckpoint(); // what has learned elsewhere is served before any record
    }
    return publisher;
  }

  private CheckpointSink sink(CheckpointWriter opened) {
    StoredVersions stored = new StoredVersions(opened);
    Tracing tracing = Tracing.ofProcess();
    return tracing.isOn()
        ? new TracedCheckpoints(stored, tracing.tracer(), traces, settings.model())
        : stored;
  }

  private void goBack(RuntimeException failure) {
    Duration pause = setbacks.take(failure);
    if (loop != null) {
      interrupted = loop.hasUnwritten() ? loop : null;
      loop = null;
    }
    LockSupport.parkNanos(pause.toNanos());
  }
}
