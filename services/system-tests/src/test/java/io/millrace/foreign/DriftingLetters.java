package io.millrace.foreign;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.quickstart.LetterRecognition;
import io.millrace.runtime.kafka.ClientProperties;
import io.millrace.runtime.kafka.KafkaSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * A topic of letters, half of which change their labels on the way, and a model that learns from
 * it. A class and a field are named as who attacks a page would name them, and some records lack
 * that field.
 */
final class DriftingLetters {
  static final String HOSTILE_NAME = "<img src=x onerror=\"window.pwned=1\">";

  private static final int RECORDS = 80_000;
  private static final int DRIFT_AT = 40_000;
  private static final int REJECTED_EVERY = 500;
  private static final int PERMUTED_LETTERS = 13;
  private static final String TOPIC = "letters";

  private final String bootstrapServers;
  private final ClientProperties clients;
  private final List<String> fields;

  DriftingLetters(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
    this.clients = new ClientProperties(new KafkaSettings(bootstrapServers, Map.of()));
    List<String> header = LetterRecognition.header();
    this.fields = new ArrayList<>(header.subList(1, header.size()));
    fields.set(fields.size() - 1, HOSTILE_NAME);
  }

  void create() throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(clients.admin("test"))) {
      admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
    }
  }

  /** Sends all records. */
  void produce() throws ExecutionException, InterruptedException {
    List<List<String>> rows = LetterRecognition.rows();
    try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(clients.producer("test"))) {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (int record = 0; record < RECORDS; record++) {
        int row = record % rows.size();
        byte[] key = String.valueOf(row).getBytes(UTF_8);
        byte[] value = value(rows.get(row), record);
        sent.add(producer.send(new ProducerRecord<>(TOPIC, key, value)));
      }
      for (Future<RecordMetadata> each : sent) {
        each.get();
      }
    }
  }

  private byte[] value(List<String> row, int record) {
    StringBuilder json = new StringBuilder("{\"letter\": ");
    json.append(text(label(row.get(0).charAt(0), record)));
    int complete = fields.size() - (record % REJECTED_EVERY == REJECTED_EVERY - 1 ? 1 : 0);
    for (int field = 0; field < complete; field++) {
      json.append(", ").append(text(fields.get(field))).append(": ").append(row.get(field + 1));
    }
    return json.append('}').toString().getBytes(UTF_8);
  }

  private static String text(String name) {
    return '"' + name.replace("\"", "\\\"") + '"';
  }

  private static String label(char letter, int record) {
    int number = letter - 'A';
    return record >= DRIFT_AT && number < PERMUTED_LETTERS
        ? className((number + 1) % PERMUTED_LETTERS)
        : className(number);
  }

  private static String className(int number) {
    return number == 0 ? HOSTILE_NAME : String.valueOf((char) ('A' + number));
  }

  /**
   * Writes the settings of the model.
   *
   * @param management the section of the management port
   */
  Path model(Path folder, String management) throws IOException {
    String yaml =
        """
        model: letters
        kafka: {bootstrap_servers: "%s"}
        records: {topic: %s}
        inputs: {features: {fields: [%s]}}
        outputs: {letter: {classes: [%s]}}
        network:
          layers:
            - {type: dense, units: 128, activation: relu}
            - {type: dense, units: 64, activation: relu}
            - {type: dense, units: 26, activation: softmax}
        training:
          batch_size: 32
          max_batch_age: 500ms
          optimizer: {type: adam, learning_rate: 0.003, use_ema: true}
          seed: 1
        rivals: [{name: default}, {name: fast, training: {optimizer: {learning_rate: 0.009}}}]
        validation: {holdout: 0.1, holdout_by: key, window: 2000, evaluate_every: 1600}
        callbacks: {reduce_lr_on_plateau: {monitor: val_loss, factor: 0.5, patience: 5}}
        drift: {detector: adwin, action: rewind}
        checkpoints: {topic: letters.checkpoints, interval: 500ms}
        serving: {port: 0}
        management: %s
        """
            .formatted(
                bootstrapServers,
                TOPIC,
                quoted(fields),
                quoted(IntStream.range(0, 26).mapToObj(DriftingLetters::className).toList()),
                management);
    return Files.writeString(folder.resolve("model.yaml"), yaml);
  }

  private static String quoted(List<String> names) {
    return "'" + String.join("', '", names) + "'";
  }
}
