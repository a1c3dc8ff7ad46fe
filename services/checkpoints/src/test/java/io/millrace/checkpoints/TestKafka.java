package io.millrace.checkpoints;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.quickstart.EmbeddedBroker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** A broker, and one model's way to its checkpoints on it. */
final class TestKafka {
  final String model;
  final CheckpointTopics topics;
  private final Map<String, Object> properties;

  /** Creates the model's topics. */
  TestKafka(EmbeddedBroker broker, String model) throws Exception {
    this(broker, model, Map.of());
  }

  /** Creates the model's topics, with configuration over that of {@link CheckpointTopics}. */
  TestKafka(EmbeddedBroker broker, String model, Map<String, String> configuration)
      throws Exception {
    this.model = model;
    topics = CheckpointTopics.of(model + ".checkpoints");
    properties = Map.of("bootstrap.servers", broker.bootstrapServers());
    List<NewTopic> definitions = new ArrayList<>(topics.definitions());
    definitions.add(new NewTopic(deadLetters(), 1, (short) 1));
    definitions.forEach(topic -> topic.configs(merged(topic.configs(), configuration)));
    try (Admin admin = Admin.create(properties)) {
      admin.createTopics(definitions).all().get();
    }
  }

  private TestKafka(TestKafka other, String model) {
    this.model = model;
    topics = other.topics;
    properties = other.properties;
  }

  /** Returns another model's way to the same topics. */
  TestKafka forModel(String other) {
    return new TestKafka(this, other);
  }

  String deadLetters() {
    return model + ".dead-letters";
  }

  Map<String, Object> properties() {
    return properties;
  }

  CheckpointWriter writer() {
    return writer(3);
  }

  CheckpointWriter writer(int retain) {
    CheckpointSettings settings =
        new CheckpointSettings(topics.chunks(), Duration.ofSeconds(1), retain);
    return CheckpointWriter.open(properties, properties, settings, model);
  }

  CheckpointReader reader() {
    return new CheckpointReader(properties, topics, model);
  }

  ManifestFollower follower() {
    return new ManifestFollower(properties, topics, model);
  }

  /** Returns what a committed reader finds on a topic. */
  List<ConsumerRecord<byte[], byte[]>> committed(String topic) {
    TopicPartition partition = new TopicPartition(topic, 0);
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (Consumer<byte[], byte[]> consumer = Clients.reader(properties)) {
      consumer.assign(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      while (consumer.position(partition) < end) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
    }
    return records;
  }

  /** Returns what compaction would leave of a topic's committed records: the newest by key. */
  Map<String, byte[]> contentOfCompacted(String topic) {
    Map<String, byte[]> newest = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : committed(topic)) {
      newest.put(new String(record.key(), UTF_8), record.value());
    }
    newest.values().removeIf(Objects::isNull);
    return newest;
  }

  private static Map<String, String> merged(
      Map<String, String> configuration, Map<String, String> over) {
    Map<String, String> merged = new HashMap<>();
    if (configuration != null) {
      merged.putAll(configuration);
    }
    merged.putAll(over);
    return merged;
  }
}
