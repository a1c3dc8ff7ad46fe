package io.millrace.checkpoints.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.checkpoints.failures.CheckpointFormatException;
import io.millrace.checkpoints.kafka.CheckpointTopics;
import io.millrace.checkpoints.kafka.Clients;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Discovers the models that have checkpoints on a topic, from its beginning on. Records that are
 * not manifests are ignored. Confined to one thread.
 */
public final class ModelDiscovery implements AutoCloseable {
  private final Consumer<byte[], byte[]> consumer;
  private final Set<String> known = new HashSet<>();

  /**
   * @param consumerProperties the connection to Kafka
   */
  public ModelDiscovery(Map<String, Object> consumerProperties, CheckpointTopics topics) {
    TopicPartition partition = topics.manifestPartition();
    consumer = Clients.follower(consumerProperties);
    consumer.assign(List.of(partition));
    consumer.seekToBeginning(List.of(partition));
  }

  /** Waits up to {@code timeout} for news, and returns the models that were not known before. */
  public List<String> poll(Duration timeout) {
    List<String> names = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(timeout)) {
      if (record.key() != null && record.value() != null) {
        String name = new String(record.key(), UTF_8);
        if (!known.contains(name) && hasCheckpoints(name, record.value()) && known.add(name)) {
          names.add(name);
        }
      }
    }
    return names;
  }

  @Override
  public void close() {
    consumer.close();
  }

  /** The follower of the model reports why a record is not a manifest. */
  private static boolean hasCheckpoints(String name, byte[] value) {
    try {
      Manifest manifest = ManifestCodec.decode(value);
      return manifest.model().equals(name) && !manifest.checkpoints().isEmpty();
    } catch (CheckpointFormatException e) {
      return false;
    }
  }
}
