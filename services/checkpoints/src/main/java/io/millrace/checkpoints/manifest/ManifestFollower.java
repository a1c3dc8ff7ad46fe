package io.millrace.checkpoints.manifest;

import io.millrace.checkpoints.failures.CheckpointRefusals;
import io.millrace.checkpoints.kafka.CheckpointTopics;
import io.millrace.checkpoints.kafka.Clients;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;

/**
 * Hears of each new manifest of a model, from the newest there is onwards.
 *
 * <p>A topic that is missing, or a broker that is away, is a topic without news: Kafka's client
 * goes on looking. What it tells never goes back in the topic; but a topic that was created anew
 * begins anew, so a caller that serves ignores lower versions of the same line. Confined to one
 * thread.
 */
public final class ManifestFollower implements AutoCloseable {
  private final Consumer<byte[], byte[]> consumer;
  private final ManifestTopic topic;

  /**
   * @param consumerProperties how to connect to Kafka
   * @param refused is told of what is passed over
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

  /** Waits for news at most as long as said, and returns the newest of the manifests that came. */
  public Optional<Manifest> poll(Duration timeout) {
    return topic.newestOf(consumer.poll(timeout));
  }

  /** Goes on at an offset of the topic. */
  public void goOnAt(long offset) {
    topic.seek(consumer, offset);
  }

  @Override
  public void close() {
    consumer.close();
  }
}
