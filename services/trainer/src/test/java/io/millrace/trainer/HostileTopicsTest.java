package io.millrace.trainer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.checkpoints.CheckpointWriter;
import io.millrace.checkpoints.manifest.Manifest;
import io.millrace.checkpoints.manifest.Summary;
import io.millrace.proto.control.v1.Command;
import io.millrace.proto.control.v1.Retrain;
import io.millrace.proto.events.v1.TrainingEvent;
import io.millrace.quickstart.EmbeddedBroker;
import io.millrace.runtime.kafka.ClientProperties;
import io.millrace.settings.InvalidSettingsException;
import io.millrace.trainer.commands.CommandSender;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What anybody can do to a trainer's topics: write to them, delete them, and recreate them. */
@Timeout(120)
class HostileTopicsTest {
  /** The most records that may wait in a mini-batch that is not full. */
  private static final int MOST_WAITING = 20;

  @AutoClose private static final EmbeddedBroker broker = EmbeddedBroker.started();

  @Test
  void training_recordsThatAreNoCommands_arePassedOverAndCounted() throws Exception {
    // Given
    TestStream stream = TestStream.written(broker, "nocommands", 400);
    TrainerSettings settings = stream.settings(100);
    TrainerTopics.prepare(settings);
    String topic = settings.commands().topic();
    ProducerRecord<byte[], byte[]> nullHeader = new ProducerRecord<>(topic, "x".getBytes(UTF_8));
    nullHeader.headers().add("ce_id", null);
    stream.send(nullHeader);
    stream.send(new ProducerRecord<>(topic, null));
    stream.send(new ProducerRecord<>(topic, new byte[] {0, 1, 2}, new byte[500_000]));

    // When
    RunningTrainer trainer = new RunningTrainer(settings);
    trainer.turnUntilAnswered(3);
    trainer.trainUntil(stream.size());
    trainer.stop();
    RunningTrainer next = new RunningTrainer(settings);
    next.turn(20);
    next.stop();

    // Then
    assertThat(trainer.refused(topic)).isEqualTo(3);
    assertThat(stream.events(settings).stream().filter(event -> event.hasCommandRefused()))
        .hasSize(3)
        .allMatch(event -> event.getCommandRefused().getReason().matches("the (record|header) .*"));
    assertThat(stream.newestCheckpoint(settings).orElseThrow().counts().records())
        .isEqualTo(stream.size());
  }

  @Test
  void resume_garbageOnTheManifestTopic_isPassedOverAndCounted() throws Exception {
    // Given
    TestStream stream = TestStream.written(broker, "garbage", 300);
    TrainerSettings settings = stream.settings(100);
    RunningTrainer first = new RunningTrainer(settings);
    first.trainUntil(100);
    first.stop();
    String topic = settings.checkpoints().topics().manifest();
    stream.send(new ProducerRecord<>(topic, "garbage".getBytes(UTF_8), "garbage".getBytes(UTF_8)));

    // When
    RunningTrainer next = new RunningTrainer(settings);
    next.trainUntil(stream.size());
    next.stop();

    // Then
    assertThat(next.refused(topic)).isEqualTo(1);
    assertThat(stream.newestCheckpoint(settings).orElseThrow().counts().records())
        .isEqualTo(stream.size());
    assertThat(stream.deadLetters(settings)).hasSize((int) stream.badRecords());
  }

  @Test
  void training_checkpointTopicsDeletedMeanwhile_goesOnWithWhatItHolds() throws Exception {
    // Given
    TestStream stream = TestStream.written(broker, "deleted", 900);
    TrainerSettings settings = stream.settings(50);
    RunningTrainer trainer = new RunningTrainer(settings);
    trainer.trainUntil(300);
    long before = trainer.progress().version();
    deleteCheckpoints(stream, settings);

    // When
    trainer.trainUntil(stream.size());
    trainer.stop();

    // Then
    Manifest manifest = stream.manifest(settings);
    assertThat(manifest.latestVersion()).isGreaterThan(before);
    assertThat(manifest.champion()).isPresent();
    Summary newest = stream.newestCheckpoint(settings).orElseThrow();
    assertThat(newest.counts().records()).isEqualTo(stream.size());
    assertThat(newest.counts().rejected()).isEqualTo(stream.badRecords());
    assertThat(stream.deadLetters(settings)).hasSize((int) stream.badRecords());
    List<Long> numbers = stream.events(settings).stream().map(event -> event.getNumber()).toList();
    assertThat(new HashSet<>(numbers)).hasSameSizeAs(numbers);
  }

  @Test
  void resume_checkpointTopicsDeleted_endsWithTheChoiceAndResetBeginsAnew() throws Exception {
    // Given
    TestStream stream = TestStream.written(broker, "gone", 200);
    TrainerSettings settings = stream.settings(100);
    RunningTrainer first = new RunningTrainer(settings);
    first.trainUntil(stream.size());
    first.stop();
    deleteCheckpoints(stream, settings);

    // When
    RunningTrainer next = new RunningTrainer(settings);
    assertThatThrownBy(() -> next.turn(1))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("checkpoints.topic: is gone.checkpoints, but there is no checkpoint")
        .hasMessageContaining("`millrace checkpoints reset --yes`");
    next.crash();
    ClientProperties clients = new ClientProperties(settings.kafka());
    CheckpointWriter.reset(
        clients.producer("test"),
        clients.consumer("test"),
        settings.checkpoints(),
        settings.model());

    // Then
    RunningTrainer anew = new RunningTrainer(settings);
    anew.trainUntil(stream.size());
    anew.stop();
    assertThat(stream.newestCheckpoint(settings).orElseThrow().counts().records())
        .isEqualTo(stream.size());
  }

  @Test
  void resume_recordsTopicCreatedAnew_readsItFromItsBeginning() throws Exception {
    // Given
    TestStream stream = TestStream.written(broker, "anew", 400);
    TrainerSettings settings = stream.settings(100);
    RunningTrainer first = new RunningTrainer(settings);
    first.trainUntil(stream.size());
    first.stop();
    Summary before = stream.newestCheckpoint(settings).orElseThrow();
    createAnew(stream);
    RunningTrainer failing = new RunningTrainer(stream.settingsThatFailOnDataLoss());
    assertThatThrownBy(() -> failing.turn(1))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("records.on_data_loss: is fail, and data of anew was lost: it was")
        .hasMessageContaining("created anew since it was read up to anew[0:");
    failing.crash();

    // When
    RunningTrainer next = new RunningTrainer(settings);
    next.trainUntil(2L * stream.size());
    next.stop();

    // Then
    Summary newest = stream.newestCheckpoint(settings).orElseThrow();
    assertThat(newest.counts().records()).isEqualTo(2L * stream.size());
    assertThat(newest.position().nextOffsets().get(0)).isEqualTo(stream.size());
    assertThat(newest.position().topicId()).isNotEmpty().isNotEqualTo(before.position().topicId());
  }

  @Test
  void training_recordsTopicCreatedAnewMeanwhile_learnsEveryRecordOfTheNewOne() throws Exception {
    // Given
    TestStream stream = TestStream.written(broker, "swapped", 300);
    TrainerSettings settings = stream.settings(50);
    RunningTrainer trainer = new RunningTrainer(settings);
    trainer.turnUntil(progress -> hasPublished(stream, settings, stream.size()));
    String before = topicId(stream, settings);

    // When
    createAnew(stream);
    stream.produce(0, stream.size()); // so that the old position exists too
    trainer.trainUntil(3L * stream.size() - MOST_WAITING);
    do { // until a mini-batch is full when a checkpoint is due
      stream.produce(0, stream.size());
      trainer.trainUntil(trainer.progress().learning().counts().records() + 1);
    } while (before.equals(topicId(stream, settings)));
    trainer.stop();

    // Then
    Summary newest = stream.newestCheckpoint(settings).orElseThrow();
    long read = newest.position().nextOffsets().getOrDefault(0, 0L);
    assertThat(newest.counts().records()).isEqualTo(stream.size() + read);
  }

  @Test
  void resume_retentionWasFaster_failsOrGoesOnAndCounts() throws Exception {
    // Given
    TestStream stream = TestStream.written(broker, "expired", 400);
    TrainerSettings settings = stream.settings(50);
    RunningTrainer first = new RunningTrainer(settings);
    first.trainUntil(100);
    first.stop();
    long position =
        stream
            .newestCheckpoint(settings)
            .orElseThrow()
            .position()
            .nextOffsets()
            .getOrDefault(0, 0L);
    stream.deleteRecordsBefore(position + 30);
    RunningTrainer failing = new RunningTrainer(stream.settingsThatFailOnDataLoss());
    assertThatThrownBy(() -> failing.turn(50))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining(
            "records of partition 0 from offset %d on are gone".formatted(position));
    failing.crash();

    // When
    RunningTrainer next = new RunningTrainer(settings);
    next.turnUntil(progress -> progress.lost() > 0 && progress.lag() == 0);

    // Then
    assertThat(next.progress().lost()).isEqualTo(30);
    next.stop();
  }

  @Test
  void training_topicsItWritesDeletedMeanwhile_createsThemAndGoesOnWithoutKafkasTimeouts()
      throws Exception {
    // Given
    TestStream stream = TestStream.written(broker, "unwritable", 600);
    TrainerSettings settings = stream.settings(100);
    RunningTrainer trainer = new RunningTrainer(settings);
    trainer.turnUntil(progress -> progress.version() > 0);

    // When
    stream.delete(
        settings.records().deadLetters(), settings.events().topic(), settings.commands().topic());
    stream.produce(0, stream.size());
    trainer.trainUntil(2L * stream.size() - MOST_WAITING);
    try (CommandSender sender = stream.sender(settings)) {
      Retrain earlier = Retrain.newBuilder().setRewindToMillis(-1).build();
      Command.Builder command = Command.newBuilder().setId("a").setModel(settings.model());
      sender.send(command.setRetrain(earlier).build());
    }
    trainer.turnUntilAnswered(1);
    trainer.stop();

    // Then
    Summary newest = stream.newestCheckpoint(settings).orElseThrow();
    assertThat(newest.position().nextOffsets())
        .containsExactly(Map.entry(0, newest.counts().records()));
    assertThat(stream.deadLetters(settings)).isNotEmpty();
    assertThat(stream.events(settings))
        .filteredOn(TrainingEvent::hasCommandRefused)
        .singleElement()
        .extracting(event -> event.getCommandRefused().getReason())
        .asString()
        .startsWith("rewind_to_millis is -1; allowed: 0 or more");
  }

  @Test
  void training_recordsTopicIsAwayForAWhile_waitsForIt() throws Exception {
    // Given
    TestStream stream = TestStream.written(broker, "away", 300);
    TrainerSettings settings = stream.settings(100);
    RunningTrainer trainer = new RunningTrainer(settings);
    trainer.turnUntil(progress -> hasPublished(stream, settings, stream.size()));

    // When
    stream.delete(stream.topic());
    stream.send(new ProducerRecord<>(settings.commands().topic(), new byte[] {1}));
    trainer.turn(6);
    stream.createTopic();
    stream.produce(0, stream.size());
    trainer.trainUntil(2L * stream.size());
    trainer.stop();

    // Then
    assertThat(stream.newestCheckpoint(settings).orElseThrow().counts().records())
        .isEqualTo(2L * stream.size());
  }

  @Test
  void training_checkpointsDeletedAndNothingHeld_endsWithTheChoice() throws Exception {
    // Given
    TestStream stream = TestStream.written(broker, "nothingheld", 300);
    TrainerSettings settings = stream.settings(100);
    RunningTrainer trainer = new RunningTrainer(settings);
    trainer.turnUntil(progress -> hasPublished(stream, settings, stream.size()));

    // When
    stream.delete(settings.checkpoints().topics().chunks());
    createAnew(stream);

    // Then
    assertThatThrownBy(() -> trainer.trainUntil(2L * stream.size()))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("the checkpoints of nothingheld up to version")
        .hasMessageContaining("`millrace checkpoints reset --yes`");
    trainer.crash();
  }

  private static String topicId(TestStream stream, TrainerSettings settings) {
    return stream.newestCheckpoint(settings).orElseThrow().position().topicId();
  }

  private static boolean hasPublished(TestStream stream, TrainerSettings settings, long records) {
    return stream
        .newestCheckpoint(settings)
        .filter(it -> it.counts().records() == records)
        .isPresent();
  }

  private static void createAnew(TestStream stream) throws Exception {
    stream.delete(stream.topic());
    stream.createTopic();
    stream.produce(0, stream.size());
  }

  private static void deleteCheckpoints(TestStream stream, TrainerSettings settings)
      throws Exception {
    stream.delete(
        settings.checkpoints().topics().chunks(), settings.checkpoints().topics().manifest());
  }
}
