package io.millrace.cli.tune;

import static io.millrace.cli.tune.SmallModels.SEARCH;
import static io.millrace.cli.tune.SmallModels.millrace;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.checkpoints.DefinitionJson;
import io.millrace.cli.CommandRun;
import io.millrace.cli.invocation.Configuration;
import io.millrace.quickstart.EmbeddedBroker;
import io.millrace.runtime.kafka.ClientProperties;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tune} on files and on a real broker. */
class TuneTest {
  private static EmbeddedBroker broker;
  @TempDir private static Path folder;
  private static SmallModels models;

  @BeforeAll
  static void start() {
    broker = EmbeddedBroker.started();
    models = new SmallModels(folder, broker.bootstrapServers());
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void tune_fileAndTopic_giveTheSameTable() throws Exception {
    // Given: the rows of the file are on a topic
    Path rows = models.rows("same.csv", 300);
    Path settings = models.settings("same", SEARCH);
    assertThat(millrace("produce", settings, "--file", rows.toString()).exitCode()).isZero();

    // When
    CommandRun file = millrace("tune", settings, "--file", rows.toString(), "--threads", "1");
    CommandRun topic = millrace("tune", settings, "--threads", "2");

    // Then
    assertThat(file.exitCode()).as(file.output()).isZero();
    assertThat(topic.exitCode()).as(topic.output()).isZero();
    assertThat(table(file)).hasSize(11).isEqualTo(table(topic));
    assertThat(topic.output())
        .contains("300 records of the topic same in memory")
        .contains("judged by the records that follow those learned, from 3 origins: a model of a");
  }

  @Test
  void tune_stretchOfTheTopic_readsItAlone() throws Exception {
    Path rows = models.rows("stretch.csv", 300);
    Path settings = models.settings("stretch", SEARCH);
    assertThat(millrace("produce", settings, "--file", rows.toString()).exitCode()).isZero();

    CommandRun offsets =
        millrace("tune", settings, "--trials", "1", "--from", "0:40", "--to", "0:240");
    CommandRun newest = millrace("tune", settings, "--trials", "1", "--records", "120");
    CommandRun times =
        millrace("tune", settings, "--trials", "1", "--from", "2001-01-01T00:00:00Z");
    CommandRun none = millrace("tune", settings, "--from", "2991-01-01T00:00:00Z");
    CommandRun wrong = millrace("tune", settings, "--from", "drift-start");

    assertThat(offsets.output()).contains("200 records of the topic stretch in memory");
    assertThat(newest.output()).contains("120 records of the topic stretch in memory");
    assertThat(times.output()).contains("300 records of the topic stretch in memory");
    assertThat(none.exitCode()).isOne();
    assertThat(none.output()).contains("the topic stretch has no records");
    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.output()).contains("--from is drift-start; allowed: earliest, now, a time");
  }

  @Test
  void tune_killedAndResumed_givesTheSameTable() throws Exception {
    // Given: a search of a topic, of which the process is killed after its fourth trial
    Path rows = models.rows("killed.csv", 300);
    Path settings = models.settings("killed", SEARCH);
    assertThat(millrace("produce", settings, "--file", rows.toString()).exitCode()).isZero();
    CommandRun whole = millrace("tune", settings, "--threads", "2");
    Path output = folder.resolve("killed-best.yaml");
    kill(settings, output, 4);
    assertThat(output).doesNotExist();

    // When: records have come since
    produceOne("killed", "{\"a\": 1, \"b\": 1, \"y\": 1}");
    CommandRun refused = millrace("tune", settings, "--output", output.toString());
    CommandRun resumed = millrace("tune", settings, "--output", output.toString(), "--resume");

    // Then
    assertThat(refused.exitCode()).isOne();
    assertThat(refused.output()).contains("has trials of an earlier search", "--resume");
    assertThat(resumed.exitCode()).as(resumed.output()).isZero();
    assertThat(table(resumed)).isEqualTo(table(whole));
    assertThat(resumed.output()).doesNotContain("trial 0: "); // it was not trained again
    assertThat(Configuration.load(output).definition().outputs()).hasSize(1);
  }

  @Test
  void tune_resumedWithOtherSettings_isRefused() throws Exception {
    Path rows = models.rows("other.csv", 200);
    Path output = folder.resolve("other-best.yaml");
    Path settings = models.settings("other", SEARCH);
    tuneFile(settings, rows, output);

    Files.writeString(settings, Files.readString(settings).replace("epochs: 4", "epochs: 5"));
    CommandRun resumed =
        millrace(
            "tune", settings, "--file", rows.toString(), "--output", output.toString(), "--resume");

    assertThat(resumed.exitCode()).isOne();
    assertThat(resumed.output()).contains("is of another search: its search differ");
  }

  @Test
  void tune_bestSettings_areCommentedAndUsable() throws Exception {
    Path rows = models.rows("best.csv", 200);
    Path output = folder.resolve("best-best.yaml");
    Path settings = models.settings("best", SEARCH);

    CommandRun run = tuneFile(settings, rows, output);

    assertThat(run.output()).contains("wrote " + output).contains("best: hidden_layers");
    assertThat(Files.readString(output))
        .startsWith("# Written by `millrace tune`: trial ")
        .containsPattern("learning_rate: .*# by the search")
        .contains("bootstrap_servers");
    assertThat(Configuration.load(output).model()).isEqualTo("best");
  }

  @Test
  void tune_json_isOneLineWithAllTrials() throws Exception {
    Path rows = models.rows("json.csv", 200);

    CommandRun run =
        millrace(
            "tune",
            models.settings("json", SEARCH),
            "--file",
            rows.toString(),
            "--json",
            "--trials",
            "3",
            "--ensemble",
            "2");

    String json = run.output().lines().filter(line -> line.startsWith("{")).findFirst().orElse("");
    Map<String, Object> tree = DefinitionJson.read(json);
    assertThat((List<?>) tree.get("trials")).hasSize(3);
    assertThat(tree).containsEntry("monitor", "val_loss").containsEntry("records", 200);
    assertThat(tree).containsKeys("best", "verdict", "ensemble");
  }

  @Test
  void tune_impossibleSpace_isRefusedWithAllProblems() throws Exception {
    Path settings =
        models.settings(
            "impossible",
            """
            search:
              monitor: val_accuracy
              space:
                training.batch_size: {int: [-4, 0]}
                network.layers[0].activation: {choice: [relu, sigmoit]}
                inputs.x.scale: {choice: [a, b]}
            """);

    CommandRun run = millrace("tune", settings, "--file", "nowhere.csv");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.output())
        .contains("search.monitor: is val_accuracy; allowed: one of val_loss")
        .contains("search.space.inputs.x.scale: cannot be searched");
  }

  @Test
  void tune_spaceWithImpossibleValues_namesEachKeyAndWhatWasTried() throws Exception {
    Path settings =
        models.settings(
            "values",
            """
            search:
              space:
                training.batch_size: {int: [-4, 8]}
                network.layers[0].activation: {choice: [relu, sigmoit]}
            """);

    CommandRun run = millrace("tune", settings, "--file", "nowhere.csv");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.output())
        .contains("training.batch_size: is -4; allowed: whole number, at least 1")
        .contains("network.layers[0].activation: is sigmoit; did you mean sigmoid?");
  }

  @Test
  void tune_allRecordsRejected_tellsFieldAndReason() throws Exception {
    Path rows = folder.resolve("words.csv");
    Files.writeString(rows, "a,b,y\nx,1,1\nx,2,2\n");

    CommandRun run = millrace("tune", models.settings("words", SEARCH), "--file", rows.toString());

    assertThat(run.exitCode()).isOne();
    assertThat(run.output())
        .contains("no record of " + rows + " can be learned from")
        .contains("field 'a'");
  }

  @Test
  void tune_noSearch_saysWhatIsMissing() throws Exception {
    CommandRun run = millrace("tune", models.settings("without", ""), "--file", "nowhere.csv");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.output()).contains("search: is required").contains("millrace help choosing");
  }

  @Test
  void learningCurve_settingsAsTheyAre_showsScoresByRecords() throws Exception {
    Path rows = models.rows("curve.csv", 400);

    CommandRun run =
        millrace(
            "tune", models.settings("curve", ""), "--file", rows.toString(), "--learning-curve");

    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(run.output())
        .containsPattern("20 +10 % ")
        .containsPattern("200 +100 % ")
        .containsPattern("More records (help|would help little): the last doubling");
  }

  private CommandRun tuneFile(Path settings, Path rows, Path output) {
    CommandRun run =
        millrace("tune", settings, "--file", rows.toString(), "--output", output.toString());
    assertThat(run.exitCode()).as(run.output()).isZero();
    return run;
  }

  /** Runs the search in a process of its own, and kills it after some trials. */
  private static void kill(Path settings, Path output, int trials) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "io.millrace.cli.Main",
                "tune",
                "--config",
                settings.toString(),
                "--output",
                output.toString(),
                "--threads",
                "2")
            .redirectErrorStream(true)
            .start();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      int seen = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        seen += line.startsWith("trial ") ? 1 : 0;
        if (seen == trials) {
          break;
        }
      }
      assertThat(seen).isEqualTo(trials);
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private static List<String> table(CommandRun run) {
    return run.output()
        .lines()
        .dropWhile(line -> !line.startsWith("trial  "))
        .takeWhile(line -> !line.isEmpty())
        .toList();
  }

  private static void produceOne(String topic, String value) {
    Configuration configuration = Configuration.load(folder.resolve(topic + ".yaml"));
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(new ClientProperties(configuration.kafka()).producer("one"))) {
      var unused =
          producer.send(new ProducerRecord<>(topic, value.getBytes(StandardCharsets.UTF_8)));
    }
  }
}
