package io.millrace.crash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.checkpoints.fleet.FleetCheckpointCodec;
import io.millrace.checkpoints.fleet.FleetTopic;
import io.millrace.fleet.FleetMain;
import io.millrace.quickstart.EmbeddedBroker;
import io.millrace.runtime.kafka.ClientProperties;
import io.millrace.runtime.kafka.KafkaSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every model of a fleet is the same to the last bit, whenever the fleet is killed. */
@Timeout(900)
class FleetCrashTest {
  private static final Duration PATIENCE = Duration.ofSeconds(180);
  private static final String TOPIC = "sales";
  private static final int PARTITIONS = 2;
  private static final int MODELS = 40;
  private static final int RECORDS = 1200;
  private static final int SENT_FIRST = 600;
  private static final List<String> STORES = List.of("checkpoints", "states", "waiting");

  @TempDir private Path folder;
  private final List<JavaProcess> processes = new ArrayList<>();
  private final EmbeddedBroker broker = EmbeddedBroker.started();
  private final ClientProperties clients =
      new ClientProperties(new KafkaSettings(broker.bootstrapServers(), Map.of()));
  private final SplittableRandom random = new SplittableRandom(1);
  private Admin admin;

  @BeforeEach
  void createTopic() throws Exception {
    admin = Admin.create(clients.admin("test"));
    admin.createTopics(List.of(new NewTopic(TOPIC, PARTITIONS, (short) 1))).all().get();
  }

  @AfterEach
  void stop() throws Exception {
    for (JavaProcess process : processes) {
      process.kill();
    }
    admin.close();
    broker.close();
  }

  @Test
  void learn_fleetKilledWhileItWrites_everyModelIsWhatItIsWithoutAKill() throws Exception {
    // Given
    send(SENT_FIRST);
    JavaProcess killed = started("killed");
    awaitTaken("killed", SENT_FIRST / 3);

    // When
    send(RECORDS - SENT_FIRST);
    killed.kill();
    started("whole");
    started("killed");
    awaitTaken("whole", RECORDS);
    awaitTaken("killed", RECORDS);

    // Then
    for (String store : STORES) {
      Map<String, ByteBuffer> expected = entries("whole", store);
      assertThat(entries("killed", store)).as(store).isEqualTo(expected);
      assertThat(expected).hasSize(store.equals("checkpoints") ? MODELS + 1 : MODELS);
    }
    long trained =
        entries("killed", "checkpoints").values().stream()
            .mapToLong(entry -> new FleetCheckpointCodec().decode(entry.array()).counts().trained())
            .sum();
    assertThat(trained).isBetween(RECORDS / 2L, (long) RECORDS);
  }

  private JavaProcess started(String model) throws IOException {
    Path settings = folder.resolve(model + ".yaml");
    Files.writeString(settings, yaml(model));
    JavaProcess process = JavaProcess.started(FleetMain.class, log(model), settings);
    processes.add(process);
    return process;
  }

  private void send(int records) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(clients.producer("test"))) {
      List<Future<RecordMetadata>> answers = new ArrayList<>();
      for (int i = 0; i < records; i++) {
        String key = "shop-" + random.nextInt(MODELS);
        int a = random.nextInt(-100, 100);
        int b = random.nextInt(-100, 100);
        String value =
            "{\"a\":%d,\"b\":%d,\"class\":\"%s\"}".formatted(a, b, a > b ? "up" : "down");
        answers.add(
            producer.send(new ProducerRecord<>(TOPIC, key.getBytes(UTF_8), value.getBytes(UTF_8))));
      }
      for (Future<RecordMetadata> answer : answers) {
        answer.get();
      }
    }
  }

  /** Waits until so many records are taken in transactions that have ended. */
  private void awaitTaken(String model, long records) throws Exception {
    long limit = System.nanoTime() + PATIENCE.toNanos();
    while (taken(model) < records) {
      assertThat(System.nanoTime()).as(Files.readString(log(model))).isLessThan(limit);
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
  }

  private long taken(String model) throws Exception {
    return admin
        .listConsumerGroupOffsets(FleetTopic.applicationId(model))
        .partitionsToOffsetAndMetadata()
        .get()
        .values()
        .stream()
        .filter(Objects::nonNull)
        .mapToLong(OffsetAndMetadata::offset)
        .sum();
  }

  /** Returns the newest committed entries of a store, by key. */
  private Map<String, ByteBuffer> entries(String model, String store) {
    String topic = FleetTopic.applicationId(model) + "-" + store + "-changelog";
    Map<String, ByteBuffer> entries = new HashMap<>();
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(clients.consumer("test"))) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream()
          .anyMatch(p -> consumer.position(p) < Objects.requireNonNull(ends.get(p)))) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          entries.put(new String(record.key(), UTF_8), ByteBuffer.wrap(record.value()));
        }
      }
    }
    return entries;
  }

  private Path log(String model) {
    return folder.resolve(model + ".log");
  }

  private String yaml(String model) {
    return """
        model: %s
        kafka:
          bootstrap_servers: "%s"
          properties: {group.instance.id: %s, transaction.timeout.ms: 2000}
        records: {topic: %s}
        inputs: {features: {fields: [a, b]}}
        outputs: {class: {classes: [down, up]}}
        network: {layers: [{type: dense, units: 4, activation: relu}, {type: dense, units: 2, activation: softmax}]}
        training: {batch_size: 4}
        validation: {window: 16, min_window: 2, evaluate_every: 8}
        checkpoints: {interval: 100ms}
        management: {port: 0}
        fleet: {state_dir: state-%s, threads: 1, idle_after: 1h}
        """
        .formatted(model, broker.bootstrapServers(), model, TOPIC, model);
  }
}
