package io.millrace.trainer;

import static io.millrace.trainer.TestStream.header;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.checkpoints.manifest.Manifest;
import io.millrace.checkpoints.manifest.StoredCounts;
import io.millrace.checkpoints.manifest.Summary;
import io.millrace.quickstart.EmbeddedBroker;
import io.millrace.settings.InvalidSettingsException;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Topics with unusual settings or treatment. */
class UnusualTopicsTest {
  private static final int RECORDS = 300;

  /** The most records that may wait in a mini-batch that is not full. */
  private static final int MOST_WAITING = 20;

  @AutoClose
  private static final EmbeddedBroker broker =
      EmbeddedBroker.started(Map.of("log.cleaner.backoff.ms", "100"));

  @Test
  void training_noRecordYet_waitsAndThenLearnsThemAll() throws Exception {
    // Given
    TestStream stream = stream("empty", Map.of());
    TrainerSettings settings = stream.settings(100);
    RunningTrainer idle = new RunningTrainer(settings);
    idle.turn(20);
    idle.stop();
    RunningTrainer trainer = new RunningTrainer(settings);
    trainer.turn(20);

    // When
    stream.produce(0, stream.size());
    trainer.trainUntil(stream.size());
    trainer.stop();

    // Then
    StoredCounts counts = stream.newestCheckpoint(settings).orElseThrow().counts();
    assertThat(counts.records()).isEqualTo(stream.size());
    assertThat(counts.rejected()).isEqualTo(stream.badRecords());
  }

  @Test
  void training_tombstones_areDeadLettersWithTheirKeys() throws Exception {
    // Given
    TestStream stream = stream("tombstones", Map.of());
    stream.produce(0, stream.size());
    for (String key : List.of("a", "b")) {
      stream.send(new ProducerRecord<>(stream.topic(), key.getBytes(UTF_8), null));
    }
    TrainerSettings settings = stream.settings(100);

    // When
    RunningTrainer trainer = new RunningTrainer(settings);
    trainer.trainUntil(stream.size() + 2);
    trainer.stop();

    // Then
    List<ConsumerRecord<byte[], byte[]>> letters = stream.deadLetters(settings);
    assertThat(letters).hasSize((int) stream.badRecords() + 2);
    ConsumerRecord<byte[], byte[]> last = letters.get(letters.size() - 1);
    assertThat(last.key()).isEqualTo("b".getBytes(UTF_8));
    assertThat(last.value()).isNull();
    assertThat(header(last, "message")).isNotBlank();
    assertThat(header(last, "offset")).isEqualTo(String.valueOf(stream.size() + 1));
  }

  @Test
  void training_lettersGetTheBrokersTime_theirOwnIsInAHeader() throws Exception {
    // Given
    TestStream stream = stream("appendtime", Map.of());
    TrainerSettings settings = stream.settings(100);
    stream.createTopic(
        settings.records().deadLetters(), Map.of("message.timestamp.type", "LogAppendTime"));
    stream.produce(0, stream.size());
    stream.send(new ProducerRecord<>(stream.topic(), 0, 1_000L, null, "poison".getBytes(UTF_8)));

    // When
    RunningTrainer trainer = new RunningTrainer(settings);
    trainer.trainUntil(stream.size() + 1);
    trainer.stop();

    // Then
    List<ConsumerRecord<byte[], byte[]>> letters = stream.deadLetters(settings);
    assertThat(letters).hasSize((int) stream.badRecords() + 1);
    ConsumerRecord<byte[], byte[]> last = letters.get(letters.size() - 1);
    assertThat(last.timestamp()).isGreaterThan(1_000);
    assertThat(header(last, "timestamp")).isEqualTo("1000");
    assertThat(trainer.progress().unwritten()).isZero();
  }

  @Test
  void training_compactedRecords_learnsWhatIsLeftAndCallsNothingLost() throws Exception {
    // Given
    TestStream stream =
        stream(
            "compacted",
            Map.of(
                "cleanup.policy", "compact",
                "segment.ms", "50",
                "min.cleanable.dirty.ratio", "0.01",
                "max.compaction.lag.ms", "50"));
    long written = stream.produceUntilCompacted();
    TrainerSettings settings = stream.settings(100);

    // When
    RunningTrainer trainer = new RunningTrainer(settings);
    trainer.turnUntil(
        progress -> progress.learning().counts().records() > 0 && progress.lag() == 0);
    trainer.stop();

    // Then
    assertThat(trainer.progress().learning().counts().records()).isLessThan(written);
    assertThat(trainer.progress().lost()).isZero();
  }

  @Test
  void training_recordsDeletedMeanwhile_areLearnedOrCounted() throws Exception {
    // Given
    TestStream stream = stream("deleted", Map.of());
    stream.produce(0, stream.size());
    TrainerSettings settings = stream.settings(50);
    RunningTrainer trainer = new RunningTrainer(settings);
    trainer.trainUntil(100);

    // When
    stream.produce(0, stream.size());
    stream.deleteRecordsBefore(stream.size() + 70);
    long leastKnown = 2L * stream.size() - MOST_WAITING;
    trainer.turnUntil(
        progress -> progress.learning().counts().records() + progress.lost() >= leastKnown);
    long before = trainer.progress().version();
    stream.produce(0, stream.size());
    trainer.turnUntil(progress -> progress.version() > before); // the loss is covered
    trainer.stop();

    // Then
    Summary newest = stream.newestCheckpoint(settings).orElseThrow();
    assertThat(newest.counts().records() + trainer.progress().lost())
        .isEqualTo(newest.position().nextOffsets().getOrDefault(0, 0L));
  }

  @Test
  void training_onlyManifestsDeletedMeanwhile_goesOnWithWhatItHolds() throws Exception {
    // Given
    TestStream stream = stream("nomanifest", Map.of());
    stream.produce(0, stream.size());
    TrainerSettings settings = stream.settings(50);
    RunningTrainer trainer = new RunningTrainer(settings);
    trainer.trainUntil(100);
    long before = trainer.progress().version();

    // When
    stream.delete(settings.checkpoints().topics().manifest());
    trainer.trainUntil(stream.size());
    trainer.stop();

    // Then
    Manifest manifest = stream.manifest(settings);
    assertThat(manifest.latestVersion()).isGreaterThan(before);
    StoredCounts counts = stream.newestCheckpoint(settings).orElseThrow().counts();
    assertThat(counts.records()).isEqualTo(stream.size());
    assertThat(stream.deadLetters(settings)).hasSize((int) stream.badRecords());
  }

  @Test
  void resume_onlyManifestsDeleted_endsWithTheChoice() throws Exception {
    // Given
    TestStream stream = stream("lostmanifest", Map.of());
    stream.produce(0, stream.size());
    TrainerSettings settings = stream.settings(100);
    RunningTrainer first = new RunningTrainer(settings);
    first.trainUntil(stream.size());
    first.stop();

    // When
    stream.delete(settings.checkpoints().topics().manifest());

    // Then
    RunningTrainer next = new RunningTrainer(settings);
    assertThatThrownBy(() -> next.turn(1))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("`millrace checkpoints reset --yes`");
    next.crash();
  }

  private static TestStream stream(String name, Map<String, String> configuration)
      throws Exception {
    TestStream stream = new TestStream(broker.bootstrapServers(), name, RECORDS);
    stream.createTopic(name, configuration);
    return stream;
  }
}
