package io.millrace.checkpoints;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apache.kafka.common.IsolationLevel.READ_COMMITTED;
import static org.apache.kafka.common.IsolationLevel.READ_UNCOMMITTED;

import io.millrace.checkpoints.failures.CheckpointRefusals;
import io.millrace.checkpoints.kafka.CheckpointTopics;
import io.millrace.checkpoints.kafka.Clients;
import io.millrace.checkpoints.manifest.ManifestFollower;
import io.millrace.quickstart.EmbeddedBroker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** A broker, with access to the checkpoints of one model on it. */
final class TestKafka {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  final String model;
  final CheckpointTopics topics;
  private final Map<String, Object> properties;

  /** Creates the model's topics. */
  TestKafka(EmbeddedBroker broker, String model) throws Exception {
    this(broker, model, Map.of());
  }

  /**
   * Creates the model's topics, with configuration that overrides that of {@link CheckpointTopics}.
   */
  TestKafka(EmbeddedBroker broker, String model, Map<String, String> configuration)
      throws Exception {
    this(model, CheckpointTopics.of(model + ".checkpoints"), connection(broker));
    List<NewTopic> definitions = new ArrayList<>(topics.definitions());
    definitions.add(new NewTopic(deadLetters(), 1, (short) 1));
    definitions.forEach(topic -> topic.configs(merged(topic.configs(), configuration)));
    try (Admin admin = Admin.create(properties)) {
      admin.createTopics(definitions).all().get();
    }
  }

  private TestKafka(String model, CheckpointTopics topics, Map<String, Object> properties) {
    this.model = model;
    this.topics = topics;
    this.properties = properties;
  }

  /** Creates no topics. */
  static TestKafka withoutTopics(EmbeddedBroker broker, String model) {
    return new TestKafka(model, CheckpointTopics.of(model + ".checkpoints"), connection(broker));
  }

  /** Returns another model's access to the same topics. */
  TestKafka forModel(String other) {
    return new TestKafka(other, topics, properties);
  }

  String deadLetters() {
    return model + ".dead-letters";
  }

  Map<String, Object> properties() {
    return properties;
  }

  Producer<byte[], byte[]> producer(String transactionalId) {
    return Clients.producer(properties, transactionalId, Duration.ofSeconds(30));
  }

  CheckpointWriter writer() {
    return writer(3);
  }

  CheckpointWriter writer(int retain) {
    CheckpointSettings settings =
        new CheckpointSettings(topics.chunks(), Duration.ofSeconds(1), retain);
    return CheckpointWriter.open(properties, properties, settings, model);
  }

  CheckpointWriter writer(CheckpointRefusals refused) {
    CheckpointSettings settings = new CheckpointSettings(topics.chunks(), Duration.ofSeconds(1), 3);
    return CheckpointWriter.open(properties, properties, settings, model, refused);
  }

  void create(String topic, Map<String, String> configuration) throws Exception {
    try (Admin admin = Admin.create(properties)) {
      admin
          .createTopics(List.of(new NewTopic(topic, 1, (short) 1).configs(configuration)))
          .all()
          .get();
    }
  }

  ManifestWriter manifestWriter() {
    return new ManifestWriter(
        new CheckpointAccess(properties, properties, topics, model, CheckpointRefusals.UNTOLD));
  }

  /** Deletes topics and waits until the brokers have done so. */
  void delete(String... names) throws Exception {
    try (Admin admin = Admin.create(properties)) {
      admin.deleteTopics(List.of(names)).all().get();
      while (!Collections.disjoint(admin.listTopics().names().get(), List.of(names))) {
        Thread.onSpinWait();
      }
    }
  }

  /** Writes to the manifest topic under this model's key, as anybody can. */
  void putManifest(byte @Nullable [] value) throws Exception {
    putManifest(1, value);
  }

  /** Writes the value {@code times} times. */
  void putManifest(int times, byte @Nullable [] value) throws Exception {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int time = 0; time < times; time++) {
        sent.add(
            producer.send(new ProducerRecord<>(topics.manifest(), model.getBytes(UTF_8), value)));
      }
      producer.flush();
    }
    for (Future<RecordMetadata> each : sent) {
      each.get();
    }
  }

  /** Begins a new line of versions, as the reset command does. */
  void reset() {
    CheckpointWriter.reset(
        properties,
        properties,
        new CheckpointSettings(topics.chunks(), Duration.ofSeconds(1), 3),
        model);
  }

  CheckpointReader reader() {
    return new CheckpointReader(properties, topics, model);
  }

  CheckpointReader reader(Duration patience) {
    return new CheckpointReader(properties, topics, model, patience, CheckpointRefusals.UNTOLD);
  }

  ManifestFollower follower() {
    return follower(CheckpointRefusals.UNTOLD);
  }

  ManifestFollower follower(CheckpointRefusals refused) {
    return new ManifestFollower(properties, topics, model, refused);
  }

  /**
   * Waits until no transaction is open, since a commit becomes visible shortly after the writer has
   * returned.
   */
  void settle() {
    settle(topics.chunks(), topics.manifest(), deadLetters());
  }

  void settle(String... names) {
    List<String> those = List.of(names);
    try (Admin admin = Admin.create(properties)) {
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (!ends(admin, those, READ_COMMITTED).equals(ends(admin, those, READ_UNCOMMITTED))) {
        checkTime(end, "a transaction is still under way");
        LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
      }
    }
  }

  /** Returns the committed records of a topic that is not being written to. */
  List<ConsumerRecord<byte[], byte[]>> committed(String topic) {
    settle();
    TopicPartition partition = new TopicPartition(topic, 0);
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (Consumer<byte[], byte[]> consumer = Clients.reader(properties)) {
      consumer.assign(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      long limit = System.nanoTime() + PATIENCE.toNanos();
      while (consumer.position(partition) < end) {
        checkTime(limit, "not all of it could be read");
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
    }
    return records;
  }

  /** Returns what compaction would keep of a topic's committed records: the newest of each key. */
  Map<String, byte[]> contentOfCompacted(String topic) {
    Map<String, byte[]> newest = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : committed(topic)) {
      newest.put(new String(record.key(), UTF_8), record.value());
    }
    newest.values().removeIf(Objects::isNull);
    return newest;
  }

  private static Map<String, Long> ends(
      Admin admin, List<String> topics, IsolationLevel isolation) {
    Map<String, Long> ends = new HashMap<>();
    for (String topic : topics) {
      TopicPartition partition = new TopicPartition(topic, 0);
      ListOffsetsResult offsets =
          admin.listOffsets(
              Map.of(partition, OffsetSpec.latest()), new ListOffsetsOptions(isolation));
      ends.put(
          topic,
          offsets
              .partitionResult(partition)
              .toCompletionStage()
              .toCompletableFuture()
              .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
              .join()
              .offset());
    }
    return ends;
  }

  private static void checkTime(long endNanos, String problem) {
    if (System.nanoTime() > endNanos) {
      throw new AssertionError(problem + " after " + PATIENCE);
    }
  }

  private static Map<String, Object> connection(EmbeddedBroker broker) {
    return Map.of(
        "bootstrap.servers", broker.bootstrapServers(), "max.in.flight.requests.per.connection", 1);
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
