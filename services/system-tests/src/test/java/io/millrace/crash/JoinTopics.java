package io.millrace.crash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.runtime.kafka.ClientProperties;
import io.millrace.runtime.kafka.KafkaSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

/** The topics that a joiner reads and writes, and its settings. */
final class JoinTopics {
  static final int PARTITIONS = 2;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  static final String FEATURES = "features";
  static final String LABELS = "labels";
  private static final String RECORDS = "records";
  private static final String UNJOINED = "unjoined";

  private final ClientProperties clients;
  private final String bootstrapServers;

  JoinTopics(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
    this.clients = new ClientProperties(new KafkaSettings(bootstrapServers, Map.of()));
  }

  void create() throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(clients.admin("test"))) {
      admin
          .createTopics(
              List.of(
                  new NewTopic(FEATURES, PARTITIONS, (short) 1),
                  new NewTopic(LABELS, PARTITIONS, (short) 1)))
          .all()
          .get();
    }
  }

  /** Sends records and waits until they are there. */
  void send(List<ProducerRecord<byte[], byte[]>> records)
      throws ExecutionException, InterruptedException {
    try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(clients.producer("test"))) {
      List<Future<RecordMetadata>> answers = new ArrayList<>();
      records.forEach(record -> answers.add(producer.send(record)));
      for (Future<RecordMetadata> answer : answers) {
        answer.get();
      }
    }
  }

  private List<ConsumerRecord<byte[], byte[]>> read(String topic) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(clients.consumer("test"))) {
      List<TopicPartition> partitions = partitions(consumer, topic);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      long limit = System.nanoTime() + PATIENCE.toNanos();
      while (partitions.stream()
          .anyMatch(p -> consumer.position(p) < Objects.requireNonNull(ends.get(p)))) {
        assertThat(System.nanoTime()).as("reading %s", topic).isLessThan(limit);
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
    }
    return records;
  }

  private static List<TopicPartition> partitions(
      KafkaConsumer<byte[], byte[]> consumer, String topic) {
    return consumer.partitionsFor(topic).stream()
        .map(info -> new TopicPartition(topic, info.partition()))
        .toList();
  }

  /** Writes the settings of a joiner of these topics. */
  Path model(Path folder, Duration within, int managementPort) throws IOException {
    String yaml =
        """
        model: late
        kafka:
          bootstrap_servers: "%s"
          properties: {group.instance.id: only, commit.interval.ms: 50}
        records: {topic: %s}
        join:
          features_topic: %s
          labels_topic: %s
          unjoined_topic: %s
          within: %dm
          state_dir: state
          management: {port: %d}
        """
            .formatted(
                bootstrapServers,
                RECORDS,
                FEATURES,
                LABELS,
                UNJOINED,
                within.toMinutes(),
                managementPort);
    return Files.writeString(folder.resolve("late.yaml"), yaml);
  }

  /** Returns the labelled records that are committed: key, value and timestamp. */
  List<String> records() {
    return read(RECORDS).stream()
        .map(
            record ->
                new String(record.key(), UTF_8)
                    + " "
                    + new String(record.value(), UTF_8)
                    + " "
                    + record.timestamp())
        .sorted()
        .toList();
  }

  /** Returns how many records of each outcome are committed on the topic of the others. */
  Map<String, Long> unjoined() {
    Map<String, Long> counts = new TreeMap<>();
    for (ConsumerRecord<byte[], byte[]> record : read(UNJOINED)) {
      byte[] outcome = record.headers().lastHeader("millrace.join.outcome").value();
      counts.merge(new String(outcome, UTF_8), 1L, Long::sum);
    }
    return counts;
  }

  /** Returns how many labelled records were written, committed or not. */
  long written() {
    Map<String, Object> properties = clients.consumer("test");
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted");
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(properties)) {
      return consumer.partitionsFor(RECORDS).isEmpty()
          ? 0
          : consumer.endOffsets(partitions(consumer, RECORDS)).values().stream()
              .mapToLong(Long::longValue)
              .sum();
    }
  }
}
