package io.millrace.checkpoints.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * Queries the brokers about topics: existence, ids, and the largest record size.
 *
 * <p>Methods throw Kafka's own exceptions. Confined to one thread, which waits for the answers.
 */
public final class TopicInspector implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 10_000;
  private static final long RETRY_NANOS = 20_000_000;

  /** The default record limit of brokers. */
  private static final int USUAL_MESSAGE_BYTES = 1_048_588;

  private final Admin admin;

  /**
   * @param consumerProperties the connection to Kafka
   */
  public TopicInspector(Map<String, Object> consumerProperties) {
    Map<String, Object> properties = new HashMap<>(consumerProperties);
    properties
        .keySet()
        .removeIf(
            name ->
                ConsumerConfig.configNames().contains(name)
                    && !AdminClientConfig.configNames().contains(name));
    properties.put(CommonClientConfigs.CLIENT_ID_CONFIG, "checkpoint-topics");
    properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
    properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
    admin = Admin.create(properties);
  }

  /**
   * Returns the ids of the topics that exist, as text. An id is empty if it is unknown, as with
   * brokers before Kafka 2.8.
   */
  public Map<String, String> ids(Collection<String> topics) {
    Map<String, String> ids = new HashMap<>();
    admin
        .describeTopics(topics)
        .topicNameValues()
        .forEach(
            (topic, description) -> {
              try {
                ids.put(topic, text(answer(description).topicId()));
              } catch (UnknownTopicOrPartitionException e) {
                ids.remove(topic); // the topic does not exist
              }
            });
    return ids;
  }

  /**
   * Returns those of the topics that do not exist; one that nobody may ask about counts as there.
   */
  public Set<String> missing(Set<String> topics) {
    Set<String> missing = new TreeSet<>();
    if (topics.isEmpty()) {
      return missing;
    }
    admin
        .describeTopics(topics)
        .topicNameValues()
        .forEach(
            (topic, description) -> {
              if (isMissing(description)) {
                missing.add(topic);
              }
            });
    return missing;
  }

  private static boolean isMissing(KafkaFuture<TopicDescription> description) {
    try {
      answer(description);
      return false;
    } catch (UnknownTopicOrPartitionException e) {
      return true;
    } catch (AuthorizationException e) {
      return false; // a write to it will tell
    }
  }

  /** Returns the offset after all written records, visible or not. */
  public long end(TopicPartition partition) {
    return answer(
            admin
                .listOffsets(
                    Map.of(partition, OffsetSpec.latest()),
                    new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED))
                .partitionResult(partition))
        .offset();
  }

  /** Creates the topics that are missing. */
  public void create(Collection<NewTopic> topics) {
    Set<String> present = ids(topics.stream().map(NewTopic::name).toList()).keySet();
    for (NewTopic topic : topics) {
      if (!present.contains(topic.name())) {
        create(topic);
      }
    }
  }

  /**
   * Returns the topic's {@code max.message.bytes}, which defaults to the broker's. If the query is
   * not authorized, returns Kafka's default.
   */
  int maxMessageBytes(String topic) {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    try {
      @Nullable Config config =
          answer(admin.describeConfigs(List.of(resource)).all()).get(resource);
      @Nullable ConfigEntry entry =
          config == null ? null : config.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
      return entry == null || entry.value() == null
          ? USUAL_MESSAGE_BYTES
          : Integer.parseInt(entry.value());
    } catch (AuthorizationException e) {
      return USUAL_MESSAGE_BYTES;
    }
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
  }

  private void create(NewTopic topic) {
    try {
      answer(admin.createTopics(List.of(topic)).all());
    } catch (TopicExistsException e) {
      // another client was faster, so the brokers may not show the topic yet
    }
    long end = System.nanoTime() + Duration.ofMillis(PATIENCE_MILLIS).toNanos();
    while (ids(List.of(topic.name())).isEmpty()) { // the controller knows it, brokers soon will
      if (System.nanoTime() > end) {
        throw new TimeoutException(topic.name() + " was created, but the brokers do not show it");
      }
      LockSupport.parkNanos(RETRY_NANOS);
    }
  }

  private static String text(Uuid id) {
    return id.equals(Uuid.ZERO_UUID) ? "" : id.toString();
  }

  private static <T> T answer(KafkaFuture<T> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e.getCause());
    }
  }
}
