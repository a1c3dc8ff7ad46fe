package io.millrace.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.invocation.Configuration;
import io.millrace.cli.topics.TopicRecords;
import io.millrace.learning.evaluation.ValidationSettings.HoldoutBy;
import io.millrace.learning.generators.ExampleGenerator;
import io.millrace.learning.generators.Generators;
import io.millrace.quickstart.EmbeddedBroker;
import io.millrace.quickstart.FreePort;
import io.millrace.runtime.kafka.ClientProperties;
import io.millrace.runtime.kafka.Topics;
import io.millrace.settings.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user with their own data, using only commands, on a real broker. */
class DataCommandsTest {
  private static final int ROWS = 400;
  private static final long PATIENCE_MILLIS = 60_000;

  private static EmbeddedBroker broker;
  @TempDir private static Path folder;

  @BeforeAll
  static void start() {
    broker = EmbeddedBroker.started();
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void initProduceRun_strangersCsv_servesItsModel() throws Exception {
    // Given: mixed types, quotes, missing values, and a label called target
    Path csv = folder.resolve("strangers.csv");
    Files.writeString(csv, strangersCsv());
    Path yaml = folder.resolve("strangers.yaml");

    // When
    int initialized =
        execute("init --bootstrap-servers %s", broker.bootstrapServers(), csv, yaml).exitCode();
    Files.writeString(yaml, Files.readString(yaml) + ports());
    CommandRun produced =
        CommandRun.of("produce", "--config", yaml.toString(), "--file", csv.toString());
    CommandRun checked = CommandRun.of("check", "--config", yaml.toString());
    Thread run = new Thread(() -> Main.commandLine().execute("run", "--config", yaml.toString()));
    run.start();
    CommandRun predicted = predictOnceServed(yaml, csv);
    run.interrupt();
    run.join(PATIENCE_MILLIS);
    boolean ended = !run.isAlive();

    // Then
    assertThat(ended).isTrue();
    assertThat(initialized).isZero();
    assertThat(Configuration.load(yaml).trainer().learner().validation().holdoutBy())
        .isEqualTo(HoldoutBy.KEY);
    assertThat(produced.exitCode()).isZero();
    assertThat(checked.exitCode()).isZero();
    assertThat(checked.output())
        .contains("records: 400, usable: 400, rejected: 0")
        .containsPattern("age +number +18.000 +[0-9.]+ +79.000 +20 +0 +0");
    assertThat(predicted.exitCode()).as(predicted.output()).isZero();
    assertThat(predicted.output()).contains("predicted=400 skipped=0");
  }

  @Test
  void produce_severalPassesHeldOutByOffset_isRefusedWithTheMend() throws Exception {
    // Given
    Path csv = Files.writeString(folder.resolve("passes.csv"), "a,y\n1,2\n3,4\n");
    String settings =
        """
        model: passes
        kafka: {bootstrap_servers: "%s"}
        records: {topic: passes}
        inputs: {x: {fields: [a]}}
        outputs: {y: {}}
        network: {layers: [{type: dense, units: 1}]}
        """
            .formatted(broker.bootstrapServers());
    Path byOffset = Files.writeString(folder.resolve("by-offset.yaml"), settings);
    Path byKey =
        Files.writeString(
            folder.resolve("by-key.yaml"), settings + "validation: {holdout_by: key}\n");

    // When
    CommandRun refused = produced(byOffset, csv);
    CommandRun taken = produced(byKey, csv);

    // Then
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.output()).contains("set validation.holdout_by: key");
    assertThat(taken.exitCode()).as(taken.output()).isZero();
    assertThat(taken.output()).contains("produced 4 records to passes");
  }

  private static CommandRun letters(Path yaml, String... words) {
    List<String> all = new ArrayList<>(List.of("dead-letters"));
    all.addAll(List.of(words));
    all.addAll(List.of("--config", yaml.toString()));
    return CommandRun.of(all.toArray(String[]::new));
  }

  private static CommandRun produced(Path yaml, Path csv) {
    return CommandRun.of(
        "produce", "--config", yaml.toString(), "--file", csv.toString(), "--passes", "2");
  }

  @Test
  void generate_everyStream_goesToTheTopicOfTheSettings() throws Exception {
    for (String stream : Generators.names()) {
      // Given
      ExampleGenerator generator = Generators.read(Section.root(Map.of("type", stream)));
      Path yaml = yaml(stream, generator);

      // When
      CommandRun generated =
          CommandRun.of("generate", stream, "--records", "20", "--config", yaml.toString());

      // Then
      assertThat(generated.exitCode()).as(generated.output()).isZero();
      Configuration configuration = Configuration.load(yaml);
      List<String> records = new ArrayList<>();
      try (TopicRecords topic =
          new TopicRecords(new ClientProperties(configuration.kafka()), "test", stream)) {
        topic.forEach(record -> records.add(new String(record.value(), UTF_8)));
      }
      assertThat(records)
          .hasSize(20)
          .allMatch(record -> record.contains('"' + generator.fields().get(0) + '"'))
          .allMatch(record -> record.contains("\"y\""));
    }
  }

  /** Returns settings of a model that learns from a topic of the stream's name. */
  private static Path yaml(String stream, ExampleGenerator generator) throws IOException {
    List<String> classes =
        IntStream.range(0, generator.classes()).mapToObj(number -> "c" + number).toList();
    return Files.writeString(
        folder.resolve(stream + ".yaml"),
        """
        model: %s
        kafka: {bootstrap_servers: "%s"}
        records: {topic: %s}
        inputs: {x: {fields: %s}}
        outputs: {y: {%s}}
        network: {layers: [{type: dense, units: %d}]}
        """
            .formatted(
                stream,
                broker.bootstrapServers(),
                stream,
                generator.fields(),
                classes.isEmpty() ? "" : "classes: " + classes,
                Math.max(1, classes.size())));
  }

  @Test
  void replay_mendedLetters_goBackOnce() throws Exception {
    // Given
    Path yaml = lettersYaml("letters");
    Configuration configuration = Configuration.load(yaml);
    ClientProperties clients = new ClientProperties(configuration.kafka());
    try (Topics topics = Topics.connect(configuration.kafka())) {
      topics.ensure("topic", new NewTopic("letters", 1, (short) 1));
      topics.ensure("topic", new NewTopic("letters.dead-letters", 1, (short) 1));
    }
    try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(clients.producer("test"))) {
      producer.send(letterOf("{\"a\": 1, \"y\": \"p\"}", "MISSING_FIELD")).get();
      producer.send(letterOf("{\"a\": 1, \"y\": \"x\"}", "LABEL_RANGE")).get();
      producer.send(new ProducerRecord<>("letters", new byte[] {'{', '}'})).get();
    }

    // When
    CommandRun listed = letters(yaml, "list");
    CommandRun withValues = letters(yaml, "list", "--values");
    CommandRun first = letters(yaml, "replay");
    CommandRun second = letters(yaml, "replay");
    CommandRun remaining = letters(yaml, "list");
    CommandRun all = letters(yaml, "list", "--all");

    // Then
    assertThat(remaining.output()).contains("LABEL_RANGE: 1").doesNotContain("MISSING_FIELD");
    assertThat(all.output()).contains("LABEL_RANGE: 3", "MISSING_FIELD: 1");
    assertThat(listed.output())
        .contains("letters-0:7", "LABEL_RANGE: 1", "MISSING_FIELD: 1")
        .doesNotContain("\"p\"");
    assertThat(withValues.output()).contains("\n  {\"a\": 1, \"y\": \"p\"}\n");
    assertThat(first.output()).contains("replayed: 1", "left: 1");
    assertThat(second.output()).contains("replayed: 0", "left: 1");
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (TopicRecords topic = new TopicRecords(clients, "test", "letters")) {
      topic.forEach(records::add);
    }
    assertThat(records).hasSize(2);
    assertThat(new String(records.get(1).value(), UTF_8)).isEqualTo("{\"a\": 1, \"y\": \"p\"}");
    assertThat(records.get(1).headers().toArray()).hasSize(1);
  }

  @Test
  void deadLetters_ofAnotherTimeOrCut_replayRestoresTheTimeWhereItIsAllowedAndLeavesWhatWasCut()
      throws Exception {
    // Given
    Path yaml = lettersYaml("times");
    Configuration configuration = Configuration.load(yaml);
    ClientProperties clients = new ClientProperties(configuration.kafka());
    try (Topics topics = Topics.connect(configuration.kafka())) {
      topics.ensure(
          "topic",
          new NewTopic("times", 1, (short) 1)
              .configs(Map.of("message.timestamp.after.max.ms", "60000")));
      topics.ensure("topic", new NewTopic("times.dead-letters", 1, (short) 1));
    }
    long future = System.currentTimeMillis() + 3_600_000;
    try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(clients.producer("test"))) {
      producer.send(timed(letter("times", "{\"a\": 1, \"y\": \"p\"}"), "1234")).get();
      producer.send(timed(letter("times", "{\"a\": 2, \"y\": \"p\"}"), "" + future)).get();
      ProducerRecord<byte[], byte[]> cut = letter("times", "");
      cut.headers().add("__dlq.errors.omitted", "5000000 bytes".getBytes(UTF_8));
      cut.headers().add("__dlq.errors.message", null);
      producer.send(cut).get();
    }

    // When
    CommandRun listed = letters(yaml, "list");
    CommandRun replayed = letters(yaml, "replay");

    // Then
    assertThat(listed.output()).contains("too large for this topic, 5000000 bytes left out");
    assertThat(replayed.output()).contains("replayed: 2", "left: 1");
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (TopicRecords topic = new TopicRecords(clients, "test", "times")) {
      topic.forEach(records::add);
    }
    assertThat(records.get(0).timestamp()).isEqualTo(1234);
    assertThat(records.get(1).timestamp()).isLessThan(future);
    assertThat(records.get(1).headers().toArray()).hasSize(1);
  }

  private static ProducerRecord<byte[], byte[]> timed(
      ProducerRecord<byte[], byte[]> letter, String time) {
    letter.headers().add("__dlq.errors.timestamp", time.getBytes(UTF_8));
    return letter;
  }

  private static Path lettersYaml(String topic) throws IOException {
    Path yaml = folder.resolve(topic + ".yaml");
    Files.writeString(
        yaml,
        """
        model: %s
        kafka: {bootstrap_servers: "%s"}
        records: {topic: %s}
        inputs: {x: {fields: [a]}}
        outputs: {y: {classes: [p, q]}}
        network: {layers: [{type: dense, units: 2, activation: softmax}]}
        """
            .formatted(topic, broker.bootstrapServers(), topic));
    return yaml;
  }

  private static ProducerRecord<byte[], byte[]> letter(String topic, String value) {
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>(topic + ".dead-letters", value.getBytes(UTF_8));
    letter.headers().add("trace", new byte[] {1});
    letter.headers().add("__dlq.errors.reason", "MISSING_FIELD".getBytes(UTF_8));
    return letter;
  }

  private static ProducerRecord<byte[], byte[]> letterOf(String value, String reason) {
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>("letters.dead-letters", value.getBytes(UTF_8));
    letter.headers().add("trace", new byte[] {1});
    letter.headers().add("__dlq.errors.topic", "letters".getBytes(UTF_8));
    letter.headers().add("__dlq.errors.partition", "0".getBytes(UTF_8));
    letter.headers().add("__dlq.errors.offset", "7".getBytes(UTF_8));
    letter.headers().add("__dlq.errors.reason", reason.getBytes(UTF_8));
    return letter;
  }

  private static CommandRun predictOnceServed(Path yaml, Path csv) throws InterruptedException {
    long end = System.currentTimeMillis() + PATIENCE_MILLIS;
    CommandRun predicted;
    do {
      Thread.sleep(200);
      predicted = CommandRun.of("predict", "--config", yaml.toString(), "--file", csv.toString());
    } while (predicted.exitCode() != 0 && System.currentTimeMillis() < end);
    return predicted;
  }

  private static CommandRun execute(String command, String servers, Path csv, Path yaml) {
    List<String> words = new ArrayList<>(List.of(command.formatted(servers).split(" ")));
    words.addAll(List.of("--file", csv.toString(), "--output", yaml.toString()));
    return CommandRun.of(words.toArray(String[]::new));
  }

  private static String ports() {
    return "serving: {port: %d}\nmanagement: {port: %d}\n"
        .formatted(FreePort.find(), FreePort.find());
  }

  private static String strangersCsv() {
    Random random = new Random(1);
    StringBuilder csv = new StringBuilder("id,age,city,\"joined on\",remark,target\n");
    for (int row = 0; row < ROWS; row++) {
      int age = row % 20 == 0 ? -1 : 18 + random.nextInt(62);
      String city = List.of("Köln", "\"Paris, Texas\"", "Rome", "").get(random.nextInt(4));
      String remark = random.nextBoolean() ? "\"said \"\"yes\"\"\"" : "none";
      csv.append("u-").append(row).append(',').append(age < 0 ? "" : age).append(',').append(city);
      csv.append(",2024-0").append(1 + random.nextInt(9)).append("-11,").append(remark);
      csv.append(',').append(age > 40 ? "buys" : "leaves").append('\n');
    }
    return csv.toString();
  }
}
