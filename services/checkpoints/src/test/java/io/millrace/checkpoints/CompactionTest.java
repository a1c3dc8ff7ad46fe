package io.millrace.checkpoints;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.checkpoints.kafka.Clients;
import io.millrace.checkpoints.manifest.Champion;
import io.millrace.checkpoints.manifest.Manifest;
import io.millrace.checkpoints.manifest.StoredCheckpoint;
import io.millrace.checkpoints.parts.PartKind;
import io.millrace.quickstart.EmbeddedBroker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class CompactionTest {
  private static final int FLOATS = 150_000; // two chunks per part

  @Test
  void read_afterCompaction_findsAllThatIsRetainedAndNothingElse() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.started(Map.of("log.cleaner.backoff.ms", "50"))) {
      // Given
      TestKafka kafka =
          new TestKafka(
              broker, "compacted", Map.of("segment.bytes", "1048576", "delete.retention.ms", "1"));
      try (Producer<byte[], byte[]> zombie = kafka.producer("zombie");
          CheckpointWriter writer = kafka.writer(3);
          CheckpointReader reader = kafka.reader()) {
        zombie.initTransactions();
        writer.write(Samples.snapshot(1, FLOATS), List.of());
        StoredCheckpoint dropped = writer.manifest().latest().orElseThrow();
        writer.write(Samples.snapshot(2, FLOATS), List.of());

        // When
        for (int trained = 3; trained <= 12; trained++) {
          abortChunksInUsedSlots(zombie, kafka, writer.manifest());
          writer.write(Samples.snapshot(trained, FLOATS), List.of(), new Champion(2, 0));
        }
        awaitCompaction(kafka, dropped);

        // Then
        assertThat(reader.read(dropped)).isEmpty();
        assertThat(reader.champion().orElseThrow().summary()).isEqualTo(Samples.summary(2));
        for (int trained : new int[] {2, 10, 11, 12}) {
          assertThat(reader.version(trained).orElseThrow().summary())
              .isEqualTo(Samples.summary(trained));
        }
      }
    }
  }

  /**
   * Writes a zombie's chunks to slots that are now in use. They must not replace the chunks there.
   */
  private static void abortChunksInUsedSlots(
      Producer<byte[], byte[]> zombie, TestKafka kafka, Manifest manifest) throws Exception {
    zombie.beginTransaction();
    for (StoredCheckpoint stored : manifest.checkpoints()) {
      byte[] key = PartKind.WEIGHTS.key(kafka.model, stored.weights().slot(), 0);
      zombie.send(new ProducerRecord<>(kafka.topics.chunks(), key, new byte[10])).get();
    }
    zombie.abortTransaction();
  }

  /** Waits until the topic begins after the chunks of the first checkpoint. */
  private static void awaitCompaction(TestKafka kafka, StoredCheckpoint dropped) {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    long last = dropped.weights().firstChunkOffset() + 3;
    List<TopicPartition> partition = List.of(kafka.topics.chunksPartition());
    try (Consumer<byte[], byte[]> consumer = Clients.reader(kafka.properties())) {
      consumer.assign(partition);
      ConsumerRecords<byte[], byte[]> first;
      do {
        assertThat(System.nanoTime()).as("compaction in time").isLessThan(deadline);
        consumer.seekToBeginning(partition);
        first = consumer.poll(Duration.ofSeconds(1));
      } while (first.isEmpty() || first.iterator().next().offset() <= last);
    }
  }
}
