package io.millrace.runtime.kafka;

import io.millrace.runtime.LogKeys;
import io.millrace.settings.InvalidSettingsException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topics of a broker at start: they are looked up, and created if they are Millrace's own.
 *
 * <p>An error here is in the settings or in their broker. So it is reported as a problem of the
 * settings, within seconds and without a client's endless warnings. If no broker answers, a
 * question ends in a {@link BrokersAwayException}. Confined to one thread.
 */
public final class Topics implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(Topics.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int RECONNECT_PAUSE_MILLIS = 1000; // each attempt logs a line
  private static final Duration RETRY_PAUSE = Duration.ofMillis(20);

  /** The size of a transaction marker in a topic's log. */
  private static final int MARKER_BYTES = 78;

  private final Answers answers;
  private final Admin admin;

  private Topics(Answers answers, Admin admin) {
    this.answers = answers;
    this.admin = admin;
  }

  /**
   * Checks that the settings make a client, without asking a broker.
   *
   * @throws InvalidSettingsException if they do not
   */
  public static void check(KafkaSettings settings) {
    try {
      admin(settings, new ClientProperties(settings).admin("millrace-topics")).close(Duration.ZERO);
    } catch (BrokersAwayException e) {
      return; // host names, such as those of pods, may resolve later
    }
  }

  /**
   * Connects to a broker.
   *
   * @throws BrokersAwayException if none answers
   * @throws InvalidSettingsException if it refuses us
   */
  public static Topics connect(KafkaSettings settings) {
    return connect(settings, PATIENCE);
  }

  static Topics connect(KafkaSettings settings, Duration patience) {
    Map<String, Object> properties = new ClientProperties(settings).admin("millrace-topics");
    properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) patience.toMillis());
    properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) patience.toMillis());
    properties.put(AdminClientConfig.RECONNECT_BACKOFF_MS_CONFIG, RECONNECT_PAUSE_MILLIS);
    properties.put(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, RECONNECT_PAUSE_MILLIS);
    Topics topics =
        new Topics(new Answers(settings.bootstrapServers(), patience), admin(settings, properties));
    try {
      topics.answers.of(topics.admin.describeCluster().nodes());
      return topics;
    } catch (InvalidSettingsException | BrokersAwayException e) {
      topics.close();
      throw e;
    }
  }

  /**
   * Returns whether a topic exists.
   *
   * @param key the option that names the topic, for the message
   * @throws InvalidSettingsException if the broker refuses to say
   */
  public boolean exists(String key, String topic) {
    return find(key, topic).isPresent();
  }

  /**
   * Returns the number of a topic's partitions.
   *
   * @param key the option that names the topic, for the message
   * @throws InvalidSettingsException if the topic does not exist or may not be read
   */
  public int partitions(String key, String topic) {
    return find(key, topic)
        .map(description -> description.partitions().size())
        .orElseThrow(
            () ->
                answers.problem(
                    key, topic, "there is no such topic: create it or correct the name"));
  }

  /**
   * Creates the owned topics of a plan unless they exist. All topics are checked before the first
   * is created, so a refused start leaves none behind.
   *
   * @throws InvalidSettingsException if a topic that is read does not exist, or an owned one cannot
   *     be used or created
   */
  public void prepare(TopicPlan plan) {
    plan.read().forEach(read -> partitions(read.key(), read.topic()));
    List<TopicPlan.Owned> missing =
        plan.owned().stream().filter(owned -> !isUsable(owned.key(), owned.topic())).toList();
    missing.forEach(owned -> checkCreation(owned.key(), owned.topic()));
    missing.forEach(owned -> create(owned.key(), owned.topic()));
  }

  /**
   * Creates a topic unless it exists. An existing one is not changed; if its configuration differs,
   * that is logged.
   *
   * @param key the option that names the topic, for the message
   * @throws InvalidSettingsException if it cannot be created, has another number of partitions, or
   *     is too limited in record size for a transaction marker
   */
  public void ensure(String key, NewTopic topic) {
    if (!isUsable(key, topic)) {
      create(key, topic);
    }
  }

  /** Returns whether the topic exists, as it has to be. */
  private boolean isUsable(String key, NewTopic topic) {
    Optional<TopicDescription> present = find(key, topic.name());
    if (present.isEmpty()) {
      return false;
    }
    checkMarkerFits(key, topic.name());
    int partitions = present.get().partitions().size();
    if (topic.numPartitions() > 0 && partitions != topic.numPartitions()) {
      throw answers.problem(
          key,
          topic.name(),
          "it has %d partitions; allowed: %d".formatted(partitions, topic.numPartitions()));
    }
    compare(key, topic);
    return true;
  }

  /**
   * Returns which records a topic takes; {@link RecordLimits#NONE} if we may not ask.
   *
   * @param key the option that names the topic, for the message
   * @throws InvalidSettingsException if there is no such topic
   */
  public RecordLimits limits(String key, String topic) {
    return config(key, topic).map(RecordLimits::of).orElse(RecordLimits.NONE);
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
  }

  private void checkMarkerFits(String key, String topic) {
    long bytes = limits(key, topic).batchBytes();
    if (bytes < MARKER_BYTES) {
      throw answers.problem(
          key,
          topic,
          "its max.message.bytes is %d; allowed: at least %d, the size of a transaction's marker"
              .formatted(bytes, MARKER_BYTES));
    }
  }

  private Optional<Config> config(String key, String topic) {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    return answers
        .unless(
            AuthorizationException.class,
            key,
            topic,
            admin.describeConfigs(List.of(resource)).all())
        .map(found -> found.get(resource));
  }

  private Optional<TopicDescription> find(String key, String topic) {
    KafkaFuture<Map<String, TopicDescription>> topics =
        admin.describeTopics(List.of(topic)).allTopicNames();
    return answers
        .unless(UnknownTopicOrPartitionException.class, key, topic, topics)
        .map(found -> found.get(topic));
  }

  /** Asks the broker whether it would create the topic. */
  private void checkCreation(String key, NewTopic topic) {
    CreateTopicsOptions asking = new CreateTopicsOptions().validateOnly(true);
    answers.unless(
        TopicExistsException.class,
        key,
        topic.name(),
        admin.createTopics(Set.of(topic), asking).all().thenApply(nothing -> topic.name()));
  }

  private void create(String key, NewTopic topic) {
    KafkaFuture<String> created =
        admin.createTopics(Set.of(topic)).all().thenApply(nothing -> topic.name());
    answers
        .unless(TopicExistsException.class, key, topic.name(), created) // created meanwhile
        .ifPresent(name -> LOGGER.atInfo().addKeyValue(LogKeys.TOPIC, name).log("Topic created"));
    awaitVisible(key, topic.name());
  }

  /**
   * Waits until the topic is visible. The broker that answers may learn of it after the controller.
   */
  private void awaitVisible(String key, String topic) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (find(key, topic).isEmpty()) {
      if (System.nanoTime() > deadline) {
        throw answers.problem(key, topic, "created, but the broker does not show it");
      }
      LockSupport.parkNanos(RETRY_PAUSE.toNanos());
    }
  }

  private void compare(String key, NewTopic topic) {
    Map<String, String> wanted = topic.configs();
    if (wanted == null) {
      return; // the broker's defaults apply
    }
    config(key, topic.name())
        .ifPresent(
            config -> wanted.forEach((name, value) -> compare(topic.name(), name, value, config)));
  }

  private static void compare(String topic, String name, String wanted, Config present) {
    ConfigEntry entry = present.get(name);
    if (entry == null || !wanted.equals(entry.value())) {
      LOGGER
          .atWarn()
          .addKeyValue(LogKeys.TOPIC, topic)
          .log("The topic does not have {}={}, with which it would be created", name, wanted);
    }
  }

  /**
   * Returns a client. Kafka creates one only if the name of some broker resolves.
   *
   * @throws BrokersAwayException if none does
   * @throws InvalidSettingsException if the properties cannot be used
   */
  static Admin admin(KafkaSettings settings, Map<String, Object> properties) {
    try {
      return Admin.create(properties);
    } catch (KafkaException e) {
      if (settings.hasUnknownHostsOnly()) {
        throw new BrokersAwayException(
            "no host of %s (kafka.bootstrap_servers) has an address"
                .formatted(settings.bootstrapServers()),
            e);
      }
      throw Answers.unusable(e);
    }
  }
}
