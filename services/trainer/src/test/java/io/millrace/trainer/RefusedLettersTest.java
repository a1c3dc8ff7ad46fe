package io.millrace.trainer;

import static io.millrace.trainer.TestStream.header;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.checkpoints.manifest.StoredCounts;
import io.millrace.quickstart.EmbeddedBroker;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dead letters and events that their topic refuses do not prevent learning. */
class RefusedLettersTest {
  private static final long HOUR = 3_600_000;

  @AutoClose
  private static final EmbeddedBroker broker =
      EmbeddedBroker.started(Map.of("log.message.timestamp.after.max.ms", "3600000"));

  @ParameterizedTest
  @ValueSource(longs = {2 * HOUR, 0, -1000 * HOUR})
  void deadLetter_ofAnyTime_isWrittenNowWithItsTimeInAHeader(long ahead) throws Exception {
    // Given
    long time = Instant.now().toEpochMilli() + ahead;
    TestStream stream = stream("time" + Math.abs(ahead));
    stream.send(new ProducerRecord<>(name(stream), 0, time, null, "poison".getBytes(UTF_8)));

    // When
    long before = Instant.now().toEpochMilli();
    trainAll(stream, 1);

    // Then
    ConsumerRecord<byte[], byte[]> letter = last(stream);
    assertThat(letter.timestamp()).isGreaterThanOrEqualTo(before);
    assertThat(header(letter, "timestamp")).isEqualTo(String.valueOf(time));
    assertThat(letter.value()).isEqualTo("poison".getBytes(UTF_8));
  }

  @Test
  void deadLetter_largerThanItsTopicTakes_isWrittenWithoutItsContent() throws Exception {
    // Given
    TestStream stream = stream("large");
    stream.createTopic(letters(stream), Map.of("max.message.bytes", "2000"));
    stream.send(new ProducerRecord<>(name(stream), 0, null, new byte[100_000]));

    // When
    trainAll(stream, 1);

    // Then
    ConsumerRecord<byte[], byte[]> letter = last(stream);
    assertThat(letter.value()).isNull();
    assertThat(header(letter, "omitted")).isEqualTo("100000 bytes");
    assertThat(header(letter, "offset")).isEqualTo(String.valueOf(stream.size()));
    assertThat(stream.deadLetters(stream.settings())).hasSize((int) stream.badRecords() + 1);
  }

  @Test
  void deadLetters_noneIsTaken_areCountedAndPassedOver() throws Exception {
    // Given
    TestStream stream = stream("none");
    stream.createTopic(
        letters(stream), Map.of("cleanup.policy", "compact")); // records have no keys

    // When
    long unwritten = trainAll(stream, 0);

    // Then
    assertThat(stream.deadLetters(stream.settings())).isEmpty();
    assertThat(unwritten).isEqualTo(stream.badRecords());
  }

  @Test
  void events_noneIsTaken_areCountedAndPassedOver() throws Exception {
    // Given
    TestStream stream = stream("silent");
    String events = stream.settings().events().topic();
    stream.createTopic(events, Map.of("max.message.bytes", "100")); // a transaction marker has 78

    // When
    long unwritten = trainAll(stream, 0);

    // Then
    assertThat(stream.events(stream.settings())).isEmpty();
    assertThat(unwritten).isPositive();
    assertThat(stream.deadLetters(stream.settings())).hasSize((int) stream.badRecords());
  }

  /**
   * Trains on the stream and {@code more} records. Returns how many letters and events were
   * skipped.
   */
  private static long trainAll(TestStream stream, int more) throws Exception {
    TrainerSettings settings = stream.settings();
    RunningTrainer trainer = new RunningTrainer(settings);
    trainer.trainUntil(stream.size() + more);
    trainer.stop();
    StoredCounts counts = stream.newestCheckpoint(settings).orElseThrow().counts();
    assertThat(counts.records()).isEqualTo(stream.size() + more);
    assertThat(counts.rejected()).isEqualTo(stream.badRecords() + more);
    return trainer.progress().unwritten();
  }

  private static TestStream stream(String name) throws Exception {
    TestStream stream = new TestStream(broker.bootstrapServers(), name, 400);
    stream.createTopic(name, Map.of("message.timestamp.after.max.ms", "9000000000000"));
    stream.produce(0, stream.size());
    return stream;
  }

  private static String name(TestStream stream) {
    return stream.settings().records().topic();
  }

  private static String letters(TestStream stream) {
    return stream.settings().records().deadLetters();
  }

  private static ConsumerRecord<byte[], byte[]> last(TestStream stream) {
    List<ConsumerRecord<byte[], byte[]>> letters = stream.deadLetters(stream.settings());
    return letters.get(letters.size() - 1);
  }
}
