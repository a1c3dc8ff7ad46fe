package io.millrace.joiner;

import io.millrace.joiner.joining.JoinSettings;
import io.millrace.joiner.joining.JoinTopology;
import io.millrace.joiner.joining.JoinTotals;
import io.millrace.runtime.kafka.BrokersAwayException;
import io.millrace.runtime.kafka.KafkaSettings;
import io.millrace.runtime.kafka.RecordLimits;
import io.millrace.runtime.kafka.Topics;
import io.millrace.settings.InvalidSettingsException;
import io.millrace.settings.Problem;
import io.millrace.streams.StreamsWork;
import io.millrace.streams.TopicLimits;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.Topology;

/** What the joiner does in Kafka Streams: its topics on the brokers, and its topology. */
final class Joining implements StreamsWork {
  private final KafkaSettings kafka;
  private final JoinSettings join;
  private final JoinTotals totals;
  private final TopicLimits limits = new TopicLimits();

  /**
   * @param totals receives the number of records by outcome
   */
  Joining(JoinerSettings settings, JoinTotals totals) {
    this.kafka = settings.kafka();
    this.join = settings.join();
    this.totals = totals;
  }

  @Override
  public TopicLimits limits() {
    return limits;
  }

  @Override
  public Topology topology() {
    return JoinTopology.of(join, totals, limits);
  }

  /**
   * Checks the topics that are read, creates those that are written, and queries their limits.
   *
   * @throws BrokersAwayException if no broker answers
   * @throws InvalidSettingsException if the topics do not match
   */
  @Override
  public void prepare() {
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
