package io.millrace.cli.deadletters;

import io.millrace.cli.topics.TopicRecords;
import io.millrace.runtime.kafka.ClientProperties;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/**
 * The position up to which replays have read a model's dead letters. Earlier letters were put back
 * or are again at the end of the letters.
 */
public final class ReplayPosition {
  private ReplayPosition() {}

  /** Returns the name of the consumer group that holds the position. */
  static String group(String model) {
    return model + ".dead-letters.replay";
  }

  /** Seeks to the first letter that no replay has read. */
  public static void seek(TopicRecords letters, ClientProperties clients, String model) {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    committed(clients, group(model))
        .forEach(
            (partition, offset) -> {
              if (offset != null && Set.copyOf(letters.partitions()).contains(partition)) {
                offsets.put(partition, Objects.requireNonNull(offset).offset());
              }
            });
    letters.seek(offsets);
  }

  private static Map<TopicPartition, OffsetAndMetadata> committed(
      ClientProperties clients, String group) {
    try (Admin admin = Admin.create(clients.admin("millrace-replay"))) {
      return admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof GroupIdNotFoundException) {
        return Map.of(); // every letter is new
      }
      throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
