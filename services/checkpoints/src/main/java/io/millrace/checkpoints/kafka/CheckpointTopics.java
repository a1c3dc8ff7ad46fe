package io.millrace.checkpoints.kafka;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.TopicPartition;

/**
 * The two topics of checkpoints.
 *
 * <p>Both are compacted and must stay so: deletion by age would lose the model of a quiet stream.
 * Their segments are small and cleaned early, because the active segment is never cleaned. With
 * Kafka's default segments of 1 GiB the topic would grow to fifty times its content.
 *
 * @param chunks the topic of the checkpoints' parts, in chunks
 * @param manifest the topic of the manifests, by model name
 */
public record CheckpointTopics(String chunks, String manifest) {
  private static final String CHUNKS_SEGMENT_BYTES = "33554432";
  private static final String MANIFEST_SEGMENT_BYTES = "1048576";
  private static final String ONE_MINUTE_MILLIS = "60000";

  /** Returns the topics for the setting {@code checkpoints.topic}. */
  public static CheckpointTopics of(String topic) {
    return new CheckpointTopics(topic, topic + ".manifest");
  }

  /**
   * Returns the definitions for creating the topics. The replication factor is the broker's
   * default.
   */
  public List<NewTopic> definitions() {
    return List.of(
        definition(chunks, CHUNKS_SEGMENT_BYTES), definition(manifest, MANIFEST_SEGMENT_BYTES));
  }

  public TopicPartition chunksPartition() {
    return new TopicPartition(chunks, 0);
  }

  public TopicPartition manifestPartition() {
    return new TopicPartition(manifest, 0);
  }

  private static NewTopic definition(String name, String segmentBytes) {
    return new NewTopic(name, Optional.of(1), Optional.empty())
        .configs(
            Map.of(
                "cleanup.policy", "compact",
                "segment.bytes", segmentBytes,
                "min.cleanable.dirty.ratio", "0.1",
                "max.compaction.lag.ms", ONE_MINUTE_MILLIS,
                // Transaction markers and tombstones are removed soon after the records they refer
                // to.
                "delete.retention.ms", ONE_MINUTE_MILLIS));
  }
}
