package io.millrace.trainer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.millrace.checkpoints.CheckpointReader;
import io.millrace.checkpoints.manifest.Manifest;
import io.millrace.checkpoints.manifest.Summary;
import io.millrace.proto.events.v1.TrainingEvent;
import io.millrace.quickstart.EmbeddedBroker;
import io.millrace.runtime.kafka.ClientProperties;
import io.millrace.settings.Section;
import io.millrace.trainer.commands.CommandSender;
import io.millrace.trainer.intake.Holdout;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/**
 * A small model with its topics on a broker, and records that it can learn. Some of them are bad.
 */
final class TestStream {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int BATCH_SIZE = 8;
  private static final double HOLDOUT = 0.1;
  private static final int BAD_EVERY = 37;

  private final String name;
  private final Map<String, Object> document;
  private final List<byte[]> values;

  /**
   * @param name the name of the model and of the topic
   * @param records the smallest number of records; the last one fills a mini-batch
   */
  TestStream(String bootstrapServers, String name, int records) {
    this.name = name;
    this.document = document(bootstrapServers, name);
    this.values = values(records);
  }

  /** Returns a stream whose topic has all its records. */
  static TestStream written(EmbeddedBroker broker, String name, int records) throws Exception {
    TestStream stream = new TestStream(broker.bootstrapServers(), name, records);
    stream.createTopic();
    stream.produce(0, stream.size());
    return stream;
  }

  /** Returns what a dead letter says of itself under this name. */
  static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
    Header header = letter.headers().lastHeader("__dlq.errors." + name);
    assertThat(header).as(name).isNotNull();
    return new String(header.value(), UTF_8);
  }

  /** Returns the settings, with at most that many records a poll. */
  TrainerSettings settings(int recordsPerPoll) {
    Map<String, Object> changed = new HashMap<>(document);
    changed.put("kafka", kafka(recordsPerPoll));
    return read(changed);
  }

  TrainerSettings settings() {
    return read(document);
  }

  /** Returns the settings of a trainer of the same stream under another model name. */
  TrainerSettings settingsOfModel(String model, int recordsPerPoll) {
    Map<String, Object> renamed = new HashMap<>(document);
    renamed.put("model", model);
    renamed.put("kafka", kafka(recordsPerPoll));
    renamed.put("records", mapOf(section("records"), "dead_letters", model + ".dead-letters"));
    return read(renamed);
  }

  /** Returns the settings of another model of the same stream, with other sections. */
  TrainerSettings settingsOf(String model, Map<String, Object> sections) {
    Map<String, Object> changed = new HashMap<>(document);
    changed.putAll(sections);
    changed.put("model", model);
    changed.put("kafka", kafka(20));
    changed.put("records", mapOf(section("records"), "dead_letters", model + ".dead-letters"));
    changed.put("checkpoints", Map.of("topic", model + ".checkpoints", "interval", "10ms"));
    return read(changed);
  }

  /** Returns the settings with an additional section. */
  TrainerSettings settingsWith(String key, Object section) {
    return read(mapOf(document, key, section));
  }

  /** Returns the settings with an additional section; a part of a mini-batch is learned at once. */
  TrainerSettings settingsWithoutWaiting(String key, Object section) {
    Map<String, Object> impatient = mapOf(section("training"), "max_batch_age", "100ms");
    return read(mapOf(mapOf(document, "training", impatient), key, section));
  }

  /** Returns the settings of a trainer that ends on data loss. */
  TrainerSettings settingsThatFailOnDataLoss() {
    Map<String, Object> changed = new HashMap<>(document);
    changed.put("kafka", kafka(500));
    changed.put("records", mapOf(section("records"), "on_data_loss", "fail"));
    return read(changed);
  }

  /** Deletes topics and waits until the brokers have done so. */
  void delete(String... topics) throws Exception {
    try (Admin admin = Admin.create(clients().admin("test"))) {
      admin.deleteTopics(List.of(topics)).all().get();
      while (!Collections.disjoint(admin.listTopics().names().get(), List.of(topics))) {
        Thread.onSpinWait();
      }
    }
  }

  /** Removes the oldest records, as retention does. */
  void deleteRecordsBefore(long offset) throws Exception {
    try (Admin admin = Admin.create(clients().admin("test"))) {
      admin
          .deleteRecords(Map.of(new TopicPartition(name, 0), RecordsToDelete.beforeOffset(offset)))
          .all()
          .get();
    }
  }

  String topic() {
    return name;
  }

  int size() {
    return values.size();
  }

  long badRecords() {
    return values.stream().filter(value -> value[0] != '{').count();
  }

  void createTopic() throws Exception {
    try (Admin admin = Admin.create(clients().admin("test"))) {
      admin.createTopics(List.of(new NewTopic(name, 1, (short) 1))).all().get();
    }
  }

  /** Creates another topic with one partition. */
  void createTopic(String other, Map<String, String> configuration) throws Exception {
    try (Admin admin = Admin.create(clients().admin("test"))) {
      NewTopic topic = new NewTopic(other, 1, (short) 1).configs(configuration);
      admin.createTopics(List.of(topic)).all().get();
    }
  }

  /** Sends one record of any kind. */
  void send(ProducerRecord<byte[], byte[]> record) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(clients().producer("test"))) {
      producer.send(record).get();
    }
  }

  /** Sends the records {@code [from, to)}. */
  void produce(int from, int to) throws ExecutionException, InterruptedException {
    try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(clients().producer("test"))) {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (byte[] value : values.subList(from, to)) {
        sent.add(producer.send(new ProducerRecord<>(name, 0, null, value)));
      }
      for (Future<RecordMetadata> each : sent) {
        each.get();
      }
    }
  }

  /**
   * Sends records of a few keys until the broker has compacted some of them away.
   *
   * @return how many were sent
   */
  long produceUntilCompacted() throws Exception {
    long sent = 0;
    long limit = System.nanoTime() + PATIENCE.toNanos();
    while (committed(name).size() == sent) {
      assertThat(System.nanoTime()).as("nothing of %s was compacted", name).isLessThan(limit);
      for (byte[] value : values.subList(0, 20)) {
        byte[] key = ("key " + sent++ % 7).getBytes(UTF_8);
        send(new ProducerRecord<>(name, 0, key, value));
      }
    }
    return sent;
  }

  Optional<Summary> newestCheckpoint(TrainerSettings settings) {
    try (CheckpointReader reader =
        new CheckpointReader(
            clients().consumer("test"), settings.checkpoints().topics(), settings.model())) {
      return reader.latest().map(checkpoint -> checkpoint.summary());
    }
  }

  Manifest manifest(TrainerSettings settings) {
    try (CheckpointReader reader =
        new CheckpointReader(
            clients().consumer("test"), settings.checkpoints().topics(), settings.model())) {
      return reader.manifest().orElseThrow();
    }
  }

  /** Returns the committed dead letters. */
  List<ConsumerRecord<byte[], byte[]>> deadLetters(TrainerSettings settings) {
    return committed(settings.records().deadLetters());
  }

  /** Returns the committed events. */
  List<TrainingEvent> events(TrainerSettings settings) throws InvalidProtocolBufferException {
    List<TrainingEvent> events = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : committed(settings.events().topic())) {
      TrainingEvent event = TrainingEvent.parseFrom(record.value());
      if (event.getModel().equals(settings.model())) {
        events.add(event);
      }
    }
    return events;
  }

  private List<ConsumerRecord<byte[], byte[]>> committed(String topic) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    TopicPartition partition = new TopicPartition(topic, 0);
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(clients().consumer("test"))) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = Objects.requireNonNull(consumer.endOffsets(List.of(partition)).get(partition));
      long limit = System.nanoTime() + PATIENCE.toNanos();
      while (consumer.position(partition) < end) {
        assertThat(System.nanoTime()).as("reading %s", topic).isLessThan(limit);
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
    }
    return records;
  }

  CommandSender sender(TrainerSettings settings) {
    return new CommandSender(
        clients().producer("test"), settings.commands().topic(), URI.create("urn:test"));
  }

  private ClientProperties clients() {
    return new ClientProperties(settings().kafka());
  }

  /**
   * Returns the connection settings. Fetches are short, because a seek waits for the current one.
   */
  private Map<String, Object> kafka(int recordsPerPoll) {
    Map<String, Object> properties =
        Map.of(
            "max.poll.records", recordsPerPoll,
            "metadata.max.age.ms", 1000,
            "fetch.max.wait.ms", 100);
    return mapOf(section("kafka"), "properties", properties);
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> section(String key) {
    return (Map<String, Object>) Objects.requireNonNull(document.get(key));
  }

  private static TrainerSettings read(Map<String, Object> document) {
    Section root = Section.root(document);
    TrainerSettings settings = TrainerSettings.read(root);
    root.finish();
    return settings;
  }

  private static Map<String, Object> document(String bootstrapServers, String name) {
    return Map.of(
        "model", name,
        "kafka", Map.of("bootstrap_servers", bootstrapServers),
        "records", Map.of("topic", name),
        "inputs", Map.of("features", Map.of("fields", List.of("x", "y"))),
        "outputs", Map.of("side", Map.of("classes", List.of("left", "right", "on"))),
        "network",
            Map.of(
                "layers",
                List.of(
                    Map.of("type", "dense", "units", 8, "activation", "relu"),
                    Map.of("type", "dense", "units", 3, "activation", "softmax"))),
        "training", Map.of("batch_size", BATCH_SIZE, "max_batch_age", "1m"),
        "validation",
            Map.of("holdout", HOLDOUT, "window", 100, "min_window", 20, "evaluate_every", 64),
        "callbacks", Map.of("reduce_lr_on_plateau", Map.of("patience", 3)),
        "checkpoints", Map.of("topic", name + ".checkpoints", "interval", "10ms"));
  }

  /**
   * Generates records until the last one fills a mini-batch, so that no run ends with pending
   * records.
   */
  private static List<byte[]> values(int atLeast) {
    Random random = new Random(7);
    List<byte[]> values = new ArrayList<>();
    int trained = 0;
    while (values.size() < atLeast || trained % BATCH_SIZE != 0) {
      int offset = values.size();
      boolean bad = offset % BAD_EVERY == 0;
      values.add((bad ? "poison" : json(random)).getBytes(UTF_8));
      trained += bad || isHeldOut(offset) ? 0 : 1;
    }
    return values;
  }

  private static boolean isHeldOut(long offset) {
    long hash = Holdout.OFFSET.hash(new ConsumerRecord<>("any", 0, offset, null, new byte[0]));
    return (hash >>> 11) * 0x1.0p-53 < HOLDOUT;
  }

  private static String json(Random random) {
    float x = random.nextFloat() - 0.5f;
    float y = random.nextFloat() - 0.5f;
    String side = Math.abs(x - y) < 0.05 ? "on" : x < y ? "left" : "right";
    return "{\"x\": " + x + ", \"y\": " + y + ", \"side\": \"" + side + "\"}";
  }

  private static Map<String, Object> mapOf(Map<String, Object> base, String key, Object value) {
    Map<String, Object> changed = new HashMap<>(base);
    changed.put(key, value);
    return changed;
  }
}
