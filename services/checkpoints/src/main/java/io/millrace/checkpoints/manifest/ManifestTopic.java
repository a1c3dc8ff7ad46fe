package io.millrace.checkpoints.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.checkpoints.failures.CheckpointFormatException;
import io.millrace.checkpoints.failures.CheckpointRefusals;
import io.millrace.checkpoints.kafka.CheckpointTopics;
import io.millrace.checkpoints.kafka.Deadline;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The manifests of one model on their topic, of which only the newest counts. Anybody may write to
 * the topic, so a record under the model's key that is not a manifest of it is reported and
 * skipped. Confined to one thread.
 */
public final class ManifestTopic {
  private static final Duration POLL = Duration.ofMillis(200);

  private final String model;
  private final TopicPartition partition;
  private final byte[] key;
  private final CheckpointRefusals refused;

  public ManifestTopic(CheckpointTopics topics, String model, CheckpointRefusals refused) {
    this.model = model;
    this.partition = topics.manifestPartition();
    this.key = model.getBytes(UTF_8);
    this.refused = refused;
  }

  void assignFromBeginning(Consumer<byte[], byte[]> consumer) {
    consumer.assign(List.of(partition));
    consumer.seekToBeginning(List.of(partition));
  }

  /** Continues at an offset. */
  void seek(Consumer<byte[], byte[]> consumer, long offset) {
    consumer.seek(partition, offset);
  }

  /**
   * Reads up to the end that was visible at the time of the call.
   *
   * @throws CheckpointFormatException if there are records, but no readable manifest
   */
  public Optional<Manifest> newest(Consumer<byte[], byte[]> consumer, Deadline deadline) {
    return newest(
        consumer, consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L), deadline);
  }

  /**
   * Reads up to an offset, and waits until all records before it are visible.
   *
   * @throws CheckpointFormatException if there are records, but no readable manifest
   */
  public Optional<Manifest> newest(Consumer<byte[], byte[]> consumer, long end, Deadline deadline) {
    assignFromBeginning(consumer);
    Newest newest = new Newest();
    while (consumer.position(partition) < end) {
      consumer.poll(POLL).records(partition).forEach(newest::offer);
      deadline.check("the manifest was not read");
    }
    if (newest.manifest == null && newest.refusal != null) {
      throw new CheckpointFormatException(
          "%s holds nothing under the key %s that can be read; the newest: %s"
              .formatted(partition.topic(), model, newest.refusal.getMessage()),
          newest.refusal);
    }
    return Optional.ofNullable(newest.manifest);
  }

  /** Returns the newest manifest among polled records. */
  Optional<Manifest> newestOf(ConsumerRecords<byte[], byte[]> records) {
    Newest newest = new Newest();
    records.records(partition).forEach(newest::offer);
    return Optional.ofNullable(newest.manifest);
  }

  /** The newest manifest so far, and the refusal of the newest record that is not a manifest. */
  private final class Newest {
    private @Nullable Manifest manifest;
    private @Nullable CheckpointFormatException refusal;

    void offer(ConsumerRecord<byte[], byte[]> record) {
      if (!Arrays.equals(record.key(), key)) {
        return;
      }
      try {
        manifest = read(record.value());
      } catch (CheckpointFormatException e) {
        refusal = e;
        refused.refused(record.topic(), record.offset(), e);
      }
    }
  }

  private Manifest read(byte @Nullable [] value) {
    if (value == null) {
      throw new CheckpointFormatException("the manifest was deleted by a tombstone", null);
    }
    Manifest manifest = ManifestCodec.decode(value);
    if (!manifest.model().equals(model)) {
      throw new CheckpointFormatException(
          "the manifest is of the model %s".formatted(manifest.model()), null);
    }
    return manifest;
  }
}
