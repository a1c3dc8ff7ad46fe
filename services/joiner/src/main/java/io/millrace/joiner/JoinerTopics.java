package io.millrace.joiner;

import io.millrace.joiner.joining.JoinSettings;
import io.millrace.joiner.joining.TopicLimits;
import io.millrace.runtime.kafka.BrokersAwayException;
import io.millrace.runtime.kafka.KafkaSettings;
import io.millrace.runtime.kafka.RecordLimits;
import io.millrace.runtime.kafka.Topics;
import io.millrace.settings.InvalidSettingsException;
import io.millrace.settings.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerConfig;

/** The joiner's topics on the brokers. */
final class JoinerTopics {
  private final KafkaSettings kafka;
  private final JoinSettings join;
  private final TopicLimits limits;

  JoinerTopics(JoinerSettings settings, TopicLimits limits) {
    this.kafka = settings.kafka();
    this.join = settings.join();
    this.limits = limits;
  }

  /**
   * Checks the topics that are read, creates those that are written, and queries their limits.
   *
   * @throws BrokersAwayException if no broker answers
   * @throws InvalidSettingsException if the topics do not match
   */
  void prepare() {
    try (Topics topics = Topics.connect(kafka)) {
      int features = topics.partitions("join.features_topic", join.featuresTopic());
      int labels = topics.partitions("join.labels_topic", join.labelsTopic());
      if (features != labels) {
        throw new InvalidSettingsException(
            List.of(
                new Problem(
                    "join.labels_topic",
                    "is %s; it has %d partitions; allowed: as many as %s, %d"
                        .formatted(join.labelsTopic(), labels, join.featuresTopic(), features))));
      }
      written()
          .forEach(
              (key, topic) ->
                  topics.ensure(key, new NewTopic(topic, Optional.empty(), Optional.empty())));
      ask(topics);
    }
  }

  /** Prepares again and refreshes the limits. If that fails, the known limits stay in use. */
  void prepareAgain() {
    try {
      prepare();
    } catch (BrokersAwayException | InvalidSettingsException e) {
      return; // the next attempt to write reports the problem
    }
  }

  private void ask(Topics topics) {
    written().forEach((key, topic) -> limits.tell(topic, limits(topics, key, topic)));
  }

  private RecordLimits limits(Topics topics, String key, String topic) {
    RecordLimits found = topics.limits(key, topic);
    boolean compressed = kafka.properties().containsKey(ProducerConfig.COMPRESSION_TYPE_CONFIG);
    return compressed ? found.ofAnySize() : found;
  }

  private Map<String, String> written() {
    Map<String, String> written = new LinkedHashMap<>();
    written.put("records.topic", join.recordsTopic());
    join.unjoinedTopic().ifPresent(topic -> written.put("join.unjoined_topic", topic));
    return written;
  }
}
