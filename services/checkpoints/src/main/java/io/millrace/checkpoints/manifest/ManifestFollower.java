package io.millrace.checkpoints.manifest;

import io.millrace.checkpoints.failures.CheckpointRefusals;
import io.millrace.checkpoints.kafka.CheckpointTopics;
import io.millrace.checkpoints.kafka.Clients;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;

/**
 * Follows the manifests of a model, from the newest existing one on.
 *
 * <p>A missing topic, or a broker that is away, counts as no news: Kafka's client keeps looking.
 * Manifests never go back in the topic, but a recreated topic begins anew. So a caller that serves
 * must ignore lower versions of the same line. Confined to one thread.
 */
public final class ManifestFollower implements AutoCloseable {
  private final Consumer<byte[], byte[]> consumer;
  private final ManifestTopic topic;

  /**
   * @param consumerProperties the connection to Kafka
   * @param refused receives the records that are skipped
   */
  public ManifestFollower(
      Map<String, Object> consumerProperties,
      CheckpointTopics topics,
      String model,
      CheckpointRefusals refused) {
    topic = new ManifestTopic(topics, model, refused);
    consumer = Clients.follower(consumerProperties);
    topic.assignFromBeginning(consumer);
  }

  /** Waits up to {@code timeout} for new manifests, and returns the newest of them. */
  public Optional<Manifest> poll(Duration timeout) {
    return topic.newestOf(consumer.poll(timeout));
  }

  /** Continues at an offset of the topic. */
  public void goOnAt(long offset) {
    topic.seek(consumer, offset);
  }

  @Override
  public void close() {
    consumer.close();
  }
}
