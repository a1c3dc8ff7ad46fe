package io.millrace.crash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.checkpoints.CheckpointReader;
import io.millrace.checkpoints.kafka.CheckpointTopics;
import io.millrace.checkpoints.manifest.Manifest;
import io.millrace.checkpoints.manifest.StoredCheckpoint;
import io.millrace.checkpoints.manifest.Summary;
import io.millrace.quickstart.LetterRecognition;
import io.millrace.runtime.kafka.ClientProperties;
import io.millrace.runtime.kafka.KafkaSettings;
import io.millrace.trainer.intake.Holdout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

/** A topic of real letters with a bad record every so often, and models that learn from it. */
public final class LetterTopic {
  /** For all of it, on a machine that does much else. */
  private static final Duration PATIENCE = Duration.ofMinutes(30);

  private static final String TOPIC = "letters";
  private static final int BATCH_SIZE = 32;
  private static final double HOLDOUT = 0.1;
  private static final int BAD_EVERY = 101;
  private static final int RECORDS_PER_PAUSE = 20;
  private static final Duration PAUSE = Duration.ofMillis(5);

  private final String bootstrapServers;
  private final ClientProperties clients;
  private final List<byte[]> values;

  /**
   * @param records at least; the last one fills a mini-batch, so that none waits at the end
   */
  public LetterTopic(String bootstrapServers, int records) {
    this.bootstrapServers = bootstrapServers;
    this.clients = new ClientProperties(new KafkaSettings(bootstrapServers, Map.of()));
    this.values = values(records);
  }

  public int size() {
    return values.size();
  }

  public void create() throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(clients.admin("test"))) {
      admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
    }
  }

  /**
   * Sends all records, each once whatever goes on meanwhile.
   *
   * @param allowed how many may be sent by now; may grow
   */
  public void produce(IntSupplier allowed) throws ExecutionException, InterruptedException {
    try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(clients.producer("test"))) {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      long limit = System.nanoTime() + PATIENCE.toNanos();
      while (sent.size() < values.size()) {
        checkTime(limit);
        if (sent.size() < allowed.getAsInt()) {
          sent.add(producer.send(new ProducerRecord<>(TOPIC, 0, null, values.get(sent.size()))));
        }
        if (sent.size() % RECORDS_PER_PAUSE == 0) {
          LockSupport.parkNanos(PAUSE.toNanos());
        }
      }
      for (Future<RecordMetadata> each : sent) {
        each.get();
      }
    }
  }

  /** Writes the settings of a model that learns from the topic. */
  public Path model(String name, Path folder) throws IOException {
    return model(name, folder, "");
  }

  /**
   * Writes the settings of a model.
   *
   * @param section one more section, in one line
   */
  Path model(String name, Path folder, String section) throws IOException {
    List<String> header = LetterRecognition.header();
    String yaml =
        """
        model: %s
        kafka: {bootstrap_servers: "%s"}
        records: {topic: %s, dead_letters: %s.dead-letters}
        inputs: {features: {fields: [%s]}}
        outputs: {letter: {classes: [%s]}}
        network:
          layers:
            - {type: dense, units: 64, activation: relu}
            - {type: dense, units: 26, activation: softmax}
        training: {batch_size: %d, max_batch_age: 1h, optimizer: {type: adam, learning_rate: 0.003}}
        validation: {holdout: %s, window: 500, evaluate_every: 800}
        callbacks: {reduce_lr_on_plateau: {patience: 3}, early_stopping: {patience: 50}}
        checkpoints: {topic: %s.checkpoints, interval: 50ms}
        management: {port: 0}
        %s
        """
            .formatted(
                name,
                bootstrapServers,
                TOPIC,
                name,
                String.join(", ", header.subList(1, header.size())),
                String.join(", ", IntStream.rangeClosed('A', 'Z').mapToObj(this::letter).toList()),
                BATCH_SIZE,
                HOLDOUT,
                name,
                section);
    return Files.writeString(folder.resolve(name + ".yaml"), yaml);
  }

  /** Returns up to where a model has learned, as the manifest says. */
  Optional<Summary> newestCheckpoint(String model) {
    try (CheckpointReader reader =
        new CheckpointReader(
            clients.consumer("test"), CheckpointTopics.of(model + ".checkpoints"), model)) {
      return reader.manifest().flatMap(Manifest::latest).map(StoredCheckpoint::summary);
    }
  }

  /** Returns the offsets of the records that a model rejected, in the order of its dead letters. */
  List<Long> deadLetterOffsets(String model) {
    List<Long> offsets = new ArrayList<>();
    TopicPartition partition = new TopicPartition(model + ".dead-letters", 0);
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(clients.consumer("test"))) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = Objects.requireNonNull(consumer.endOffsets(List.of(partition)).get(partition));
      long limit = System.nanoTime() + PATIENCE.toNanos();
      while (consumer.position(partition) < end) {
        checkTime(limit);
        consumer.poll(Duration.ofMillis(100)).forEach(letter -> offsets.add(offset(letter)));
      }
    }
    return offsets;
  }

  /** Returns the offsets of the bad records. */
  List<Long> badOffsets() {
    return IntStream.range(0, size())
        .filter(offset -> offset % BAD_EVERY == 0)
        .mapToObj(Long::valueOf)
        .toList();
  }

  private static void checkTime(long limitNanos) {
    assertThat(System.nanoTime()).as("within %s", PATIENCE).isLessThan(limitNanos);
  }

  private String letter(int character) {
    return String.valueOf((char) character);
  }

  private static long offset(ConsumerRecord<byte[], byte[]> letter) {
    byte[] value = letter.headers().lastHeader("__dlq.errors.offset").value();
    return Long.parseLong(new String(value, UTF_8));
  }

  private static List<byte[]> values(int atLeast) {
    List<String> header = LetterRecognition.header();
    List<List<String>> rows = LetterRecognition.rows();
    List<byte[]> values = new ArrayList<>();
    int trained = 0;
    while (values.size() < atLeast || trained % BATCH_SIZE != 0) {
      int offset = values.size();
      boolean bad = offset % BAD_EVERY == 0;
      List<String> row = rows.get(offset % rows.size());
      values.add((bad ? "{\"letter\": " : json(header, row)).getBytes(UTF_8));
      trained += bad || isHeldOut(offset) ? 0 : 1;
    }
    return values;
  }

  private static boolean isHeldOut(long offset) {
    long hash = Holdout.OFFSET.hash(new ConsumerRecord<>(TOPIC, 0, offset, null, new byte[0]));
    return (hash >>> 11) * 0x1.0p-53 < HOLDOUT;
  }

  private static String json(List<String> header, List<String> row) {
    StringBuilder json = new StringBuilder("{\"letter\": \"" + row.get(0) + "\"");
    for (int i = 1; i < row.size(); i++) {
      json.append(", \"").append(header.get(i)).append("\": ").append(row.get(i));
    }
    return json.append('}').toString();
  }
}
