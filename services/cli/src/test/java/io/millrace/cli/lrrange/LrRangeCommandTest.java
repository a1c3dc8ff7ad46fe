package io.millrace.cli.lrrange;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.checkpoints.DefinitionJson;
import io.millrace.cli.CommandRun;
import io.millrace.quickstart.EmbeddedBroker;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code millrace lr-range} on files and on a real broker. */
class LrRangeCommandTest {
  private static final String ADAM = "{type: adam, learning_rate: 0.01}";
  private static EmbeddedBroker broker;
  private static Path rows;
  @TempDir private static Path folder;

  @BeforeAll
  static void start() throws IOException {
    broker = EmbeddedBroker.started();
    rows = Files.writeString(folder.resolve("rows.csv"), csv(300));
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void lrRange_fileAndTopic_suggestTheSame() throws IOException {
    // Given
    Path yaml = yaml("both", ADAM);
    assertThat(CommandRun.of("produce", "--config", yaml + "", "--file", rows + "").exitCode())
        .isZero();

    // When
    CommandRun file = CommandRun.of("lr-range", "--config", yaml + "", "--file", rows + "");
    CommandRun topic = CommandRun.of("lr-range", "--config", yaml + "");

    // Then
    assertThat(file.exitCode()).as(file.output()).isZero();
    assertThat(file.output())
        .contains("300 records of " + rows + " in memory")
        .contains("500 steps of 8 records, at learning rates from 1e-5 to 10, each 1.028 times")
        .contains("so the 300 are learned again from the first when they end")
        .contains("weights are new and are thrown away; no running model is touched")
        .contains("Suggested: learning_rate 0.")
        .contains("The settings have 0.01.");
    assertThat(withoutFirstLine(topic)).isEqualTo(withoutFirstLine(file));
  }

  @Test
  void lrRange_apply_changesOneValueAndKeepsTheRest() throws IOException {
    // Given
    Path yaml = yaml("apply", "  # by hand\n    type: adam\n    learning_rate: 0.01 # guessed");
    String before = Files.readString(yaml);

    // When
    CommandRun run =
        CommandRun.of("lr-range", "--config", yaml + "", "--file", rows + "", "--apply", "--json");

    // Then
    assertThat(run.exitCode()).as(run.output()).isZero();
    Object suggested = json(run).get("suggested_learning_rate");
    assertThat(Files.readString(yaml))
        .isEqualTo(before.replace("learning_rate: 0.01", "learning_rate: " + suggested));
    assertThat(run.output()).contains("wrote it into " + yaml);
    try (var files = Files.list(folder)) {
      assertThat(files.map(String::valueOf)).noneMatch(name -> name.endsWith(".new"));
    }
  }

  @Test
  void lrRange_applyToADefaultOptimizer_writesAllThatTheDefaultIs() throws IOException {
    // Given
    Path yaml =
        Files.writeString(
            folder.resolve("default.yaml"),
            Files.readString(yaml("defaults", ADAM)).replaceFirst("(?m)^  optimizer.*\n", ""));

    // When
    CommandRun run =
        CommandRun.of("lr-range", "--config", yaml + "", "--file", rows + "", "--apply");

    // Then
    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(Files.readString(yaml))
        .containsPattern("(?m)^  optimizer: \\{learning_rate: 0\\.\\d+, .*type: rmsprop.*}$")
        .contains("rho: 0.99", "# a comment");
  }

  @Test
  void lrRange_applyToASchedule_isRefusedBeforeAnythingIsLearned() throws IOException {
    Path yaml = yaml("schedule", "{type: adam, learning_rate: {schedule: constant}}");
    String before = Files.readString(yaml);

    CommandRun run =
        CommandRun.of("lr-range", "--config", yaml + "", "--file", rows + "", "--apply");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.output())
        .isEqualTo(
            ("millrace: training.optimizer.learning_rate of %s is a schedule, which --apply leaves"
                    + " alone: write the suggestion into it by hand%n")
                .formatted(yaml));
    assertThat(Files.readString(yaml)).isEqualTo(before);
  }

  @Test
  void lrRange_output_isAChartInSvg() throws Exception {
    Path svg = folder.resolve("lr.svg");

    CommandRun run =
        CommandRun.of(
            "lr-range",
            "--config",
            yaml("chart", ADAM) + "",
            "--file",
            rows + "",
            "--output",
            svg + "");

    assertThat(run.exitCode()).as(run.output()).isZero();
    String text = Files.readString(svg);
    var root =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
            .getDocumentElement();
    assertThat(root.getTagName()).isEqualTo("svg");
    assertThat(text).contains("chart: loss by learning rate", "suggested: 0.", "smoothed loss");
  }

  @Test
  void lrRange_json_holdsTheCurve() throws IOException {
    CommandRun run =
        CommandRun.of(
            "lr-range",
            "--config",
            yaml("json", ADAM) + "",
            "--file",
            rows + "",
            "--to-rate",
            "1",
            "--steps",
            "100",
            "--json");

    Map<String, Object> tree = json(run);
    assertThat(tree).containsEntry("steps", 100).containsEntry("model", "json");
    assertThat((List<?>) tree.get("smoothed_losses"))
        .hasSameSizeAs((List<?>) tree.get("rates"))
        .hasSameSizeAs((List<?>) tree.get("losses"));
  }

  @Test
  void lrRange_fewerRecordsThanAMiniBatch_saysHowMany() throws IOException {
    Path few = Files.writeString(folder.resolve("few.csv"), csv(7));

    CommandRun run =
        CommandRun.of("lr-range", "--config", yaml("few", ADAM) + "", "--file", few + "");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.output())
        .isEqualTo(
            ("millrace: %s has 7 usable records, fewer than the 8 of one mini-batch"
                    + " (training.batch_size)%n")
                .formatted(few));
  }

  @Test
  void lrRange_ratesThatNoModelLearnsAt_suggestsNothingAndAppliesNothing() throws IOException {
    Path yaml = yaml("diverges", "{type: sgd, learning_rate: 0.01}");
    String before = Files.readString(yaml);

    CommandRun run =
        CommandRun.of(
            "lr-range",
            "--config",
            yaml + "",
            "--file",
            rows + "",
            "--from-rate",
            "1e6",
            "--to-rate",
            "1e9",
            "--apply");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.output()).contains("The test ended at the rate 1").contains("No suggestion.");
    assertThat(Files.readString(yaml)).isEqualTo(before);
  }

  @Test
  void lrRange_impossibleOptions_areNamed() throws IOException {
    String yaml = yaml("options", ADAM) + "";

    assertThat(CommandRun.of("lr-range", "--config", yaml, "--from-rate", "0").output())
        .contains("--from-rate is 0.0; allowed: number above 0");
    assertThat(CommandRun.of("lr-range", "--config", yaml, "--to-rate", "1e-6").output())
        .contains("--to-rate is 1.0E-6; allowed: number above --from-rate");
    assertThat(CommandRun.of("lr-range", "--config", yaml, "--steps", "3").output())
        .contains("--steps is 3; allowed: whole number, at least 25");
    assertThat(CommandRun.of("lr-range", "--config", yaml, "--output", yaml).output())
        .contains("allowed: a name that ends with .svg");
  }

  private static Map<String, Object> json(CommandRun run) {
    return DefinitionJson.read(
        run.output().lines().filter(line -> line.startsWith("{")).findFirst().orElseThrow());
  }

  private static List<String> withoutFirstLine(CommandRun run) {
    List<String> lines = new ArrayList<>(Arrays.asList(run.output().split("\n")));
    return lines.subList(1, lines.size());
  }

  private static Path yaml(String name, String optimizer) throws IOException {
    return Files.writeString(
        folder.resolve(name + ".yaml"),
        """
        model: %1$s   # a comment
        kafka: {bootstrap_servers: "%2$s"}
        records: {topic: %1$s}
        inputs: {x: {fields: [a, b]}}
        outputs: {y: {}}
        network:
          layers:
            - {type: dense, units: 8, activation: relu}
            - {type: dense, units: 1}
        training:
          batch_size: 8
          optimizer: %3$s

        """
            .formatted(name, broker.bootstrapServers(), optimizer));
  }

  private static String csv(int count) {
    Random random = new Random(3);
    StringBuilder text = new StringBuilder("a,b,y\n");
    for (int i = 0; i < count; i++) {
      double a = random.nextGaussian();
      double b = random.nextGaussian();
      text.append("%s,%s,%s%n".formatted(a, b, a - 2 * b));
    }
    return text.toString();
  }
}
