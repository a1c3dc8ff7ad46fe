package io.millrace.runtime.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Kafka's ids of topics. Offsets belong to an id, not to a name: a topic that was deleted and
 * created again has other records at the same offsets. Confined to one thread, which blocks until
 * the answer; throws Kafka's own errors.
 */
public final class TopicIds implements UnaryOperator<String>, AutoCloseable {
  private static final int PATIENCE_MILLIS = 5_000;

  private final Admin admin;

  public TopicIds(KafkaSettings settings) {
    Map<String, Object> properties = new ClientProperties(settings).admin("millrace-topic-ids");
    properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
    properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
    admin = Admin.create(properties);
  }

  /**
   * Returns the topic's id as text; empty if there is no such topic, or if the brokers are older
   * than Kafka 2.8 and have no ids.
   */
  @Override
  public String apply(String topic) {
    KafkaFuture<TopicDescription> description =
        admin.describeTopics(List.of(topic)).allTopicNames().thenApply(found -> found.get(topic));
    try {
      Uuid id = description.get().topicId();
      return id.equals(Uuid.ZERO_UUID) ? "" : id.toString();
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return "";
      }
      throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e.getCause());
    }
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
  }
}
