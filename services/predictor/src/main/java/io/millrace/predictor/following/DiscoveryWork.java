package io.millrace.predictor.following;

import io.millrace.checkpoints.kafka.CheckpointTopics;
import io.millrace.checkpoints.manifest.ModelDiscovery;
import io.millrace.runtime.lifecycle.Work;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The work of the thread that discovers the models on the checkpoint topic. */
public final class DiscoveryWork implements Work {
  private static final Duration POLL = Duration.ofMillis(100);

  private final Map<String, Object> consumerProperties;
  private final CheckpointTopics topics;
  private final Consumer<String> onModel;
  private @Nullable ModelDiscovery discovery;

  /**
   * @param consumerProperties how to connect to Kafka
   * @param onModel takes the name of each model once, on the discovery thread
   */
  public DiscoveryWork(
      Map<String, Object> consumerProperties, CheckpointTopics topics, Consumer<String> onModel) {
    this.consumerProperties = consumerProperties;
    this.topics = topics;
    this.onModel = onModel;
  }

  @Override
  public void onStart() {
    discovery = new ModelDiscovery(consumerProperties, topics);
  }

  @Override
  public void doWork() {
    if (discovery == null) {
      throw new IllegalStateException("not started");
    }
    discovery.poll(POLL).forEach(onModel);
  }

  @Override
  public void onClose() {
    if (discovery != null) {
      discovery.close();
    }
  }
}
