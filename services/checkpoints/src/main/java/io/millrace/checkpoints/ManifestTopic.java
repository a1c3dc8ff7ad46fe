package io.millrace.checkpoints;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The manifests of one model on their topic, of which only the newest counts. */
final class ManifestTopic {
  private static final Duration POLL = Duration.ofMillis(200);

  private final TopicPartition partition;
  private final byte[] key;

  ManifestTopic(CheckpointTopics topics, String model) {
    partition = topics.manifestPartition();
    key = model.getBytes(UTF_8);
  }

  void assignFromBeginning(Consumer<byte[], byte[]> consumer) {
    consumer.assign(List.of(partition));
    consumer.seekToBeginning(List.of(partition));
  }

  /** Reads up to what was committed when it began. */
  Optional<Manifest> newest(Consumer<byte[], byte[]> consumer, Deadline deadline) {
    assignFromBeginning(consumer);
    long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
    byte @Nullable [] newest = null;
    while (consumer.position(partition) < end) {
      newest = newestOf(consumer.poll(POLL)).orElse(newest);
      deadline.check("the manifest was not read");
    }
    return Optional.ofNullable(newest).map(ManifestCodec::decode);
  }

  /** Returns the newest manifest among records as they were polled. */
  Optional<byte[]> newestOf(ConsumerRecords<byte[], byte[]> records) {
    byte @Nullable [] newest = null;
    for (ConsumerRecord<byte[], byte[]> record : records.records(partition)) {
      if (Arrays.equals(record.key(), key) && record.value() != null) {
        newest = record.value();
      }
    }
    return Optional.ofNullable(newest);
  }
}
