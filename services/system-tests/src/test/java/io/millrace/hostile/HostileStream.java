package io.millrace.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.checkpoints.CheckpointReader;
import io.millrace.checkpoints.failures.CheckpointException;
import io.millrace.checkpoints.manifest.StoredCounts;
import io.millrace.cli.invocation.Configuration;
import io.millrace.runtime.kafka.ClientProperties;
import io.millrace.settings.Section;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** A small model and records for it, every tenth of which is none. */
final class HostileStream implements AutoCloseable {
  static final int RECORDS = 300;
  static final int BAD_EVERY = 10;

  private final Configuration configuration;
  private final KafkaProducer<byte[], byte[]> producer;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final CheckpointReader checkpoints;

  HostileStream(String servers, String name, String stateFolder) {
    configuration = Configuration.read(Section.root(document(servers, name, stateFolder)));
    producer = new KafkaProducer<>(clients().producer("test"));
    consumer = new KafkaConsumer<>(clients().consumer("test"));
    checkpoints =
        new CheckpointReader(
            clients().consumer("test"),
            configuration.trainer().checkpoints().topics(),
            configuration.model());
  }

  Configuration configuration() {
    return configuration;
  }

  void createTopics(String... names) throws Exception {
    try (Admin admin = Admin.create(clients().admin("test"))) {
      List<NewTopic> topics =
          List.of(names).stream().map(name -> new NewTopic(name, 1, (short) 1)).toList();
      admin.createTopics(topics).all().get();
    }
  }

  /** Sends so many of the records. */
  void produce(int from, int to) throws ExecutionException, InterruptedException {
    for (int record = from; record < to; record++) {
      String label = record % 2 == 0 ? "a" : "b";
      boolean bad = record % BAD_EVERY == 0;
      send(
          configuration.records().topic(),
          "k" + record,
          bad ? "bad" : "{\"x\":" + record % 2 + ",\"y\":\"" + label + "\"}");
    }
    flush();
  }

  void send(String topic, String key, String value) {
    var unused = // whoever waits for it misses it
        producer.send(new ProducerRecord<>(topic, key.getBytes(UTF_8), value.getBytes(UTF_8)));
  }

  void flush() {
    producer.flush();
  }

  /** Returns the committed records of a topic of one partition. */
  List<ConsumerRecord<byte[], byte[]>> committed(String topic) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    TopicPartition partition = new TopicPartition(topic, 0);
    consumer.assign(List.of(partition));
    consumer.seekToBeginning(List.of(partition));
    long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
    while (consumer.position(partition) < end) {
      consumer.poll(Duration.ofMillis(100)).forEach(records::add);
    }
    return records;
  }

  /** Returns what the newest checkpoint covers. */
  StoredCounts covered() {
    return checkpoints
        .latest()
        .map(latest -> latest.summary().counts())
        .orElse(new StoredCounts(0, 0, 0, 0, 0, 0));
  }

  /** Returns what the newest checkpoint covers, as a text. */
  String coveredOrWhyNot() {
    try {
      return covered().toString();
    } catch (CheckpointException e) {
      return e.toString();
    }
  }

  private ClientProperties clients() {
    return new ClientProperties(configuration.kafka());
  }

  @Override
  public void close() {
    producer.close();
    consumer.close();
    checkpoints.close();
  }

  private static Map<String, Object> document(String servers, String name, String stateFolder) {
    Map<String, Object> document = new HashMap<>();
    document.put("champion", Map.of("min_trained", 1)); // so that thirty records make a model
    document.put("validation", Map.of("min_window", 1, "evaluate_every", 8));
    document.putAll(services(servers, name, stateFolder));
    return document;
  }

  private static Map<String, Object> services(String servers, String name, String stateFolder) {
    Map<String, Object> softmax = Map.of("type", "dense", "units", 2, "activation", "softmax");
    return Map.of(
        "model", name,
        "kafka", Map.of("bootstrap_servers", servers, "properties", impatient()),
        "records", Map.of("topic", name + ".records", "dead_letters", name + ".dead-letters"),
        "join", join(name, stateFolder),
        "inputs", Map.of("f", Map.of("fields", List.of("x"))),
        "outputs", Map.of("y", Map.of("classes", List.of("a", "b"))),
        "network", Map.of("layers", List.of(softmax)),
        "training", Map.of("batch_size", 1),
        "checkpoints", Map.of("interval", "20ms"),
        "serving", Map.of("port", 0, "prediction_log", Map.of("topic", name + ".log")));
  }

  private static Map<String, Object> impatient() {
    return Map.of(
        "session.timeout.ms", "3000",
        "heartbeat.interval.ms", "500",
        "transaction.timeout.ms", "3000",
        "reconnect.backoff.max.ms", "100");
  }

  private static Map<String, Object> join(String name, String stateFolder) {
    return Map.of(
        "features_topic",
        name + ".features",
        "labels_topic",
        name + ".labels",
        "unjoined_topic",
        name + ".unjoined",
        "within",
        "1h",
        "state_dir",
        stateFolder,
        "management",
        Map.of("port", 0));
  }
}
