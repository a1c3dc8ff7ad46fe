package io.millrace.trainer.training;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.checkpoints.Snapshot;
import io.millrace.checkpoints.manifest.Champion;
import io.millrace.checkpoints.manifest.Provenance;
import io.millrace.checkpoints.manifest.StoredRejection;
import io.millrace.learning.Counts;
import io.millrace.learning.Learner;
import io.millrace.learning.LearnerSettings;
import io.millrace.learning.champion.Gate;
import io.millrace.learning.champion.GateSettings;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.state.State;
import io.millrace.proto.control.v1.Command;
import io.millrace.proto.control.v1.Retrain;
import io.millrace.settings.Section;
import io.millrace.trainer.ManualTime;
import io.millrace.trainer.commands.CommandInbox;
import io.millrace.trainer.commands.Received;
import io.millrace.trainer.control.Control;
import io.millrace.trainer.control.RoundSchedule;
import io.millrace.trainer.control.Timetable;
import io.millrace.trainer.control.Versions;
import io.millrace.trainer.events.EventFormat;
import io.millrace.trainer.events.EventLog;
import io.millrace.trainer.events.EventSettings;
import io.millrace.trainer.intake.Holdout;
import io.millrace.trainer.intake.RecordIntake;
import io.millrace.trainer.intake.RecordSettings;
import io.millrace.trainer.publishing.CheckpointPublisher;
import io.millrace.trainer.publishing.CheckpointSink;
import io.millrace.trainer.publishing.DeadLetters;
import io.millrace.trainer.tracing.RecordTraces;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TrainingLoopTest {
  private static final String TOPIC = "numbers";
  private static final String COMMANDS = "numbers.commands";
  private static final RoundSchedule DAILY = new RoundSchedule("0 3 * * *", ZoneOffset.UTC);
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final Duration MAX_BATCH_AGE = Duration.ofSeconds(5);
  private static final String GOOD = "{\"x\": 1, \"y\": 2}";
  private static final String BAD = "{}";

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
  private final MockConsumer<byte[], byte[]> commandConsumer = new MockConsumer<>("none");
  private final ManualTime time = new ManualTime();
  private final List<Snapshot> published = new ArrayList<>();
  private final List<Integer> deadLetters = new ArrayList<>();
  private final List<Champion> champions = new ArrayList<>();
  private Instant now = Instant.parse("2026-11-21T02:00:00Z");
  private Control control;
  private Learner learner;
  private TrainingLoop loop;
  private long offset;

  @BeforeEach
  void startLoop() {
    startLoop(Map.of("holdout", 0));
  }

  private void startLoop(Map<String, Object> validation) {
    Section settings = Section.root(document(validation));
    ModelDefinition model = ModelDefinition.read(settings);
    learner =
        new Learner(model, LearnerSettings.read(settings, model), event -> control.heard(event));
    EventLog events =
        new EventLog(
            "numbers",
            new EventSettings("events", EventFormat.JSON),
            () -> Instant.EPOCH,
            event -> {});
    assign(consumer, TOPIC);
    assign(commandConsumer, COMMANDS);
    RecordIntake intake = new RecordIntake(consumer, TOPIC, time);
    intake.seek(Map.of());
    CommandInbox commands =
        new CommandInbox(
            new RecordIntake(commandConsumer, COMMANDS, time),
            "numbers",
            time,
            (topic, offset, reason) -> {});
    Gate gate = learner.newGate(GateSettings.read(Section.root(Map.of())));
    Timetable timetable = new Timetable(Optional.of(DAILY), () -> now);
    control = new Control(learner, gate, intake, commands, events, new NoVersions(), timetable);
    commands.begin();
    loop =
        new TrainingLoop(
            intake,
            rules(model),
            learner,
            publisher(events),
            commands,
            control,
            new Pace(MAX_BATCH_AGE, time));
  }

  private static RecordRules rules(ModelDefinition model) {
    return new RecordRules(
        RecordSettings.read(Section.root(Map.of("topic", "numbers"))).decoder(model),
        Holdout.OFFSET,
        RecordTraces.NONE);
  }

  private CheckpointPublisher publisher(EventLog events) {
    return new CheckpointPublisher(
        new Sink(),
        new DeadLetters("dead"),
        events,
        Provenance.ofThisProcess("test", "host", 1, ""),
        INTERVAL,
        time,
        () -> Instant.EPOCH);
  }

  @Test
  void turn_fullBatches_areTrainedAndTheRestWaits() {
    arrive(GOOD, 11);

    loop.turn();

    assertThat(learner.progress().counts().trained()).isEqualTo(8);
    assertThat(learner.pending()).isEqualTo(3);
  }

  @Test
  void turn_batchThatWaitsTooLong_isTrainedAsItIsOnceNothingComes() {
    // Given
    arrive(GOOD, 2);
    loop.turn();
    time.pass(MAX_BATCH_AGE);
    arrive(GOOD, 1);
    loop.turn();
    int waitingWhileRecordsCome = learner.pending();

    // When
    loop.turn();

    // Then
    assertThat(waitingWhileRecordsCome).isEqualTo(3);
    assertThat(learner.pending()).isZero();
    assertThat(learner.progress().counts().trained()).isEqualTo(3);
  }

  @Test
  void turn_intervalPassed_publishesAtTheNextStepBoundary() {
    // Given
    arrive(GOOD, 6);
    loop.turn();
    time.pass(INTERVAL);
    loop.turn();
    boolean publishedWithRecordsWaiting = !published.isEmpty();

    // When
    arrive(GOOD, 3);
    loop.turn();

    // Then
    assertThat(publishedWithRecordsWaiting).isFalse();
    assertThat(published).hasSize(1);
    assertThat(published.get(0).summary().position().nextOffsets()).isEqualTo(Map.of(0, 8L));
    assertThat(published.get(0).summary().counts().trained()).isEqualTo(8);
  }

  @Test
  void turn_nothingNew_publishesNothing() {
    // Given
    arrive(GOOD, 4);
    time.pass(INTERVAL);
    loop.turn();

    // When
    time.pass(INTERVAL);
    loop.turn();

    // Then
    assertThat(published).hasSize(1);
  }

  @Test
  void turn_rejectedRecordsAlone_arePublishedAsDeadLetters() {
    // Given
    arrive(BAD, 3);
    loop.turn();

    // When
    time.pass(INTERVAL);
    loop.turn();

    // Then
    assertThat(learner.progress().counts().rejected()).isEqualTo(3);
    assertThat(deadLetters).containsExactly(3);
  }

  @Test
  void turn_tenThousandRejectedSinceAStep_trainsTheBatchAndPublishes() {
    // Given
    arrive(GOOD, 1);
    arrive(BAD, 10_000);

    // When
    for (int i = 0; i < 30; i++) {
      loop.turn();
    }

    // Then
    assertThat(learner.progress().counts())
        .extracting(Counts::trained, Counts::rejected)
        .containsExactly(1L, 10_000L);
    assertThat(deadLetters).containsExactly(10_000);
  }

  @Test
  void finish_recordsToFillTheBatch_publishesAtItsEnd() {
    // Given
    arrive(GOOD, 6);
    loop.turn();
    arrive(GOOD, 20);

    // When
    loop.finish();

    // Then
    assertThat(published).hasSize(1);
    assertThat(published.get(0).summary().position().nextOffsets()).isEqualTo(Map.of(0, 8L));
  }

  @Test
  void finish_noRecordsToFillTheBatch_leavesThemToTheNextStart() {
    // Given
    arrive(GOOD, 6);
    loop.turn();

    // When
    loop.finish();

    // Then
    assertThat(published).isEmpty();
  }

  @Test
  void turn_evaluationThatFindsAChallengerBetter_servesItWithoutWaitingForTheInterval() {
    // Given: a champion, and a round that begins with its weights
    startLoop(Map.of("holdout", 0.5, "window", 100, "min_window", 10, "evaluate_every", 8));
    arrive(GOOD, 100);
    loop.turn();
    Command retrain =
        Command.newBuilder().setRetrain(Retrain.getDefaultInstance()).setId("1").build();
    control.execute(new Received("1", "retrain", retrain, ""));

    // When
    arrive(GOOD, 1000);
    loop.turn();
    loop.turn();

    // Then
    assertThat(champions).containsExactly(new Champion(1, 0), new Champion(2, 1));
    assertThat(control.status().serving()).isEqualTo(Gate.Mode.FOLLOWING);
    assertThat(published.get(1).summary().counts().records()).isLessThan(400);
  }

  @Test
  void turn_topicThatFallsSilentBeforeAnEvaluation_evaluatesOnceAndServes() {
    // Given: fewer held-out records than an evaluation needs
    startLoop(Map.of("holdout", 0.2, "evaluate_every", 10_000));
    arrive(GOOD, 100);
    time.pass(INTERVAL);
    loop.turn();
    List<Champion> before = List.copyOf(champions);

    // When
    for (int turn = 0; turn < 5; turn++) {
      time.pass(MAX_BATCH_AGE);
      loop.turn();
    }

    // Then
    assertThat(before).isNotEmpty().containsOnly(new Champion(0, 0));
    assertThat(champions.get(champions.size() - 1).version()).isEqualTo(published.size());
    assertThat(learner.progress().counts().evaluations()).isOne();
    assertThat(published.get(published.size() - 1).summary().metrics()).containsKey("val_loss");
  }

  @Test
  void turn_everyRecordIsRejected_servesNothingAndSaysWhatIsWrong() {
    arrive(BAD, 300);
    for (int turn = 0; turn < 5; turn++) {
      time.pass(MAX_BATCH_AGE);
      loop.turn();
    }

    assertThat(champions).isNotEmpty().containsOnly(new Champion(0, 0));
    assertThat(published.get(published.size() - 1).summary().mostRejected().orElseThrow())
        .isEqualTo(
            new StoredRejection("MISSING_FIELD", "x", "a field is missing in field 'x'", 300));
  }

  @Test
  void turn_timeOfTheSchedule_beginsOneRoundAndWritesItAtOnce() {
    // Given
    arrive(GOOD, 6);
    loop.turn();

    // When: an hour passes, in the middle of a mini-batch
    now = now.plus(Duration.ofHours(1));
    loop.turn();
    loop.turn();

    // Then
    assertThat(learner.progress().round()).isEqualTo(2);
    assertThat(published).hasSize(1);
    assertThat(published.get(0).summary().counts().trained()).isEqualTo(6);
    State saved = Objects.requireNonNull(published.get(0).state()).child("control/timetable");
    assertThat(Instant.ofEpochMilli(saved.integer("due_millis"))).isEqualTo("2026-11-22T03:00:00Z");
  }

  private void arrive(String value, int times) {
    for (int i = 0; i < times; i++) {
      consumer.addRecord(new ConsumerRecord<>(TOPIC, 0, offset++, null, value.getBytes(UTF_8)));
    }
  }

  private static void assign(MockConsumer<byte[], byte[]> consumer, String topic) {
    Node node = new Node(1, "localhost", 1);
    Node[] nodes = {node};
    consumer.updatePartitions(topic, List.of(new PartitionInfo(topic, 0, node, nodes, nodes)));
    consumer.updateBeginningOffsets(Map.of(new TopicPartition(topic, 0), 0L));
  }

  /** Checkpoints in memory. */
  private final class Sink implements CheckpointSink {
    @Override
    public long nextVersion() {
      return published.size() + 1L;
    }

    @Override
    public long write(
        Snapshot snapshot, List<ProducerRecord<byte[], byte[]>> covered, Champion champion) {
      published.add(snapshot);
      champions.add(champion);
      deadLetters.add((int) covered.stream().filter(r -> r.topic().equals("dead")).count());
      return published.size();
    }
  }

  /** No versions are retained. */
  private static final class NoVersions implements Versions {
    @Override
    public Optional<State> weights(long version) {
      return Optional.empty();
    }

    @Override
    public List<Long> kept() {
      return List.of();
    }
  }

  private static Map<String, Object> document(Map<String, Object> validation) {
    return Map.of(
        "inputs", Map.of("features", Map.of("fields", List.of("x"))),
        "outputs", Map.of("y", Map.of()),
        "network", Map.of("layers", List.of(Map.of("type", "dense", "units", 1))),
        "training", Map.of("batch_size", 4),
        "validation", validation);
  }
}
