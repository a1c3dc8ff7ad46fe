package io.millrace.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What a user sees after a mistake: one screen that names it, and an exit code. */
class CommandLineTest {
  private static final String GOOD =
      """
      model: m
      kafka: {bootstrap_servers: "127.0.0.1:1"}
      records: {topic: t}
      inputs: {x: {fields: [a, b]}}
      outputs: {y: {classes: [p, q]}}
      network: {layers: [{type: dense, units: 2, activation: softmax}]}
      """;

  private static final String MANY_MISTAKES =
      """
      model: "bad name!"
      kafka: {bootstrap_servers: nowhere}
      records: {format: xml, topicc: a}
      inputs: {x: {fields: [a, b], scaling: zscore}}
      outputs: {y: {classes: [p, q]}}
      network:
        layers:
          - {type: denze, units: 3}
          - {type: dense, units: -3, activation: rellu}
      training: {batch_size: lots, optimizer: {type: adam, learning_rate: -1}}
      validation: {holdout: 2}
      callbacks: {early_stopping: {patience: -1}}
      checkpoints: {interval: fast}
      serving: {port: 99999}
      """;

  @TempDir private Path folder;
  private final StringWriter errors = new StringWriter();

  @Test
  void help_withoutACommand_listsEveryCommandOnce() {
    CommandLine commandLine = Main.commandLine();

    String help = commandLine.getUsageMessage();

    assertThat(commandLine.getSubcommands().keySet())
        .filteredOn(name -> !name.equals("help"))
        .allSatisfy(name -> assertThat(help).containsOnlyOnce("\n  " + name + " "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo",
        "try",
        "broker",
        "produce",
        "generate",
        "init",
        "check",
        "dead-letters",
        "dead-letters list",
        "dead-letters replay",
        "train",
        "serve",
        "run",
        "join",
        "predict",
        "watch",
        "retrain",
        "pause",
        "resume",
        "promote",
        "rollback",
        "checkpoints",
        "checkpoints list",
        "checkpoints show",
        "export",
        "completion"
      })
  void help_everyCommand_isExplained(String command) {
    // Given
    StringWriter output = new StringWriter();
    CommandLine commandLine = Main.commandLine().setOut(new PrintWriter(output));

    // When
    int exitCode = commandLine.execute((command + " --help").split(" "));

    // Then
    assertThat(exitCode).isZero();
    assertThat(output.toString()).contains("Usage: millrace " + command).contains("--help");
  }

  @ParameterizedTest
  @CsvSource({
    "demo --passes 0, --passes is 0; allowed: whole number",
    "demo --rate fast, --rate",
    "demo --drift-at -1, --drift-at is -1",
    "try, FILE",
    "try data.csv --passes 0, --passes is 0",
    "broker, --data",
    "broker --data x --port 70000, --port is 70000; allowed: 1 to 65535",
    "train, --config",
    "generate see, is see; did you mean sea? allowed: text",
    "generate sea --records 0, --records is 0",
    "generate sea --drift-at 5 --functions 1, drift_at",
    "generate sea --set speed=1, speed",
    "generate sea --config x.yaml --file y.csv, give either --config or --file",
    "export --config x.yaml --output m.keras, --format",
    "export --config x.yaml --format torch --output m, --format is torch; allowed: keras",
    "export --config x.yaml --format keras --output m.h5, --output is m.h5; allowed: a name that ends with .keras",
    "export --config x.yaml --format safetensors --preprocessing file --output m, --preprocessing goes with --format keras",
    "watch, --config",
    "watch --config x.yaml --colour, --colour",
    "watch --config x.yaml letters, letters",
    "retrain --config x.yaml --rewind yesterday, --rewind is yesterday; allowed: earliest",
    "retrain --config x.yaml --passes 0, --passes is 0",
    "pause --config x.yaml --timeout 0, --timeout is 0",
    "rollback --config x.yaml soon, soon",
    "frobnicate, frobnicate",
    "predict --config x.yaml --json {} --rows, --rows goes with --file",
    "predict --config x.yaml --json {} --output y.csv, --output goes with --file",
    "predict --config x.yaml, give either --json or --file",
    "predict --config x.yaml --json {} --file y.csv, give either --json or --file"
  })
  void usage_wrong_isToldWithExitCode2(String command, String message) {
    assertThat(execute(command.split(" "))).isEqualTo(2);
    assertThat(errors.toString()).contains(message).doesNotContain("\tat ");
  }

  @Test
  void settings_manyMistakes_areToldOnOneScreen() throws IOException {
    // Given
    Path config = file("model.yaml", MANY_MISTAKES);

    // When
    int exitCode = execute("train", "--config", config.toString());

    // Then
    assertThat(exitCode).isEqualTo(2);
    assertThat(errors.toString().lines().filter(line -> line.startsWith("  ")))
        .doesNotHaveDuplicates();
    assertThat(errors.toString())
        .doesNotContain("\tat ")
        .contains("model: is bad name!")
        .contains("kafka.bootstrap_servers: is nowhere")
        .contains("records.topic: is required")
        .contains("records.format: is xml; allowed: one of json, csv, protobuf")
        .contains("records.topicc: is not known here")
        .contains("inputs.x.scaling: is zscore; allowed: one of standard, min_max, robust, none")
        .contains("network.layers[0].type: is denze")
        .contains("network.layers[1].units: is -3")
        .contains("network.layers[1].activation: is rellu")
        .contains("training.batch_size: is lots")
        .contains("training.optimizer.learning_rate: is -1")
        .contains("validation.holdout: is 2")
        .contains("callbacks.early_stopping.patience: is -1")
        .contains("checkpoints.interval: is fast")
        .contains("serving.port: is 99999");
  }

  @Test
  void settings_noFile_isToldWithExitCode2() {
    assertThat(execute("serve", "--config", folder.resolve("nowhere.yaml").toString()))
        .isEqualTo(2);
    assertThat(errors.toString()).contains("nowhere.yaml does not exist");
  }

  @ParameterizedTest
  @ValueSource(strings = {"produce", "checkpoints list"})
  void command_brokerThatIsNotThere_isToldWithExitCode1(String command) throws IOException {
    // Given
    Path config = file("model.yaml", GOOD + "management: {port: 0}\n");
    List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
    arguments.addAll(List.of("--config", config.toString()));
    if (command.equals("produce")) {
      arguments.addAll(List.of("--file", file("data.csv", "a,b,y\n1,2,p\n").toString()));
    }

    // When
    int exitCode = execute(arguments.toArray(String[]::new));

    // Then
    assertThat(exitCode).isEqualTo(1);
    assertThat(errors.toString())
        .contains("no broker answered within 5 s at 127.0.0.1:1 (kafka.bootstrap_servers)");
  }

  @Test
  void join_settingsWithoutTheSection_areToldWithExitCode2() throws IOException {
    Path config = file("model.yaml", GOOD);

    assertThat(execute("join", "--config", config.toString())).isEqualTo(2);
    assertThat(errors.toString()).contains("join: is required: a section with features_topic");
  }

  @Test
  void produce_columnThatTheFileLacks_isTold() throws IOException {
    // Given
    Path config = file("model.yaml", GOOD);
    Path data = file("data.csv", "a,c,y\n1,2,p\n");

    // When
    int exitCode = execute("produce", "--config", config.toString(), "--file", data.toString());

    // Then
    assertThat(exitCode).isEqualTo(1);
    assertThat(errors.toString()).contains("has no column b; it has: a, c, y");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{nope | not valid JSON",
        "[1] | not a JSON object",
        "{\"a\": 1} | b is missing",
        "{\"a\": 1, \"b\": \"x\"} | b is \"x\", not a finite number",
        "{\"a\": 1, \"b\": {}} | a number or a list of numbers is expected",
        "{\"a\": 1, \"b\": 2} | no answer from"
      })
  void predict_recordOrPredictorThatIsNotThere_isTold(String json, String message)
      throws IOException {
    // Given
    Path config = file("model.yaml", GOOD + "serving: {port: 1}\n");

    // When
    int exitCode = execute("predict", "--config", config.toString(), "--json", json);

    // Then
    assertThat(exitCode).isEqualTo(1);
    assertThat(errors.toString()).contains(message).doesNotContain("\tat ");
  }

  @Test
  void generate_file_holdsTheStreamOfTheSeed() throws IOException {
    // Given
    Path one = folder.resolve("one.csv");
    Path same = folder.resolve("same.csv");

    // When
    int exitCode = execute("generate", "sea", "--records", "50", "--file", one.toString());
    execute("generate", "sea", "--records", "50", "--seed", "1", "--file", same.toString());

    // Then
    assertThat(exitCode).isZero();
    assertThat(Files.readAllLines(one)).hasSize(51).startsWith("x1,x2,x3,label");
    assertThat(one).hasSameTextualContentAs(same);
  }

  @ParameterizedTest
  @CsvSource({
    "sea, 3, 2",
    "hyperplane, 10, 2",
    "led, 24, 10",
    "rbf, 10, 2",
    "agrawal, 9, 2",
    "friedman, 10, 0"
  })
  void generate_everyStream_isTheSameOnTheTerminalAsInAFile(String stream, int fields, int classes)
      throws IOException {
    // Given
    Path file = folder.resolve(stream + ".csv.gz");
    PrintStream before = System.out;
    ByteArrayOutputStream terminal = new ByteArrayOutputStream();

    // When
    System.setOut(new PrintStream(terminal, true, UTF_8));
    int shown = execute("generate", stream, "--records", "20");
    System.setOut(before);
    int written = execute("generate", stream, "--records", "20", "--file", file.toString());

    // Then
    List<String> lines = terminal.toString(UTF_8).lines().toList();
    assertThat(List.of(shown, written)).containsExactly(0, 0);
    assertThat(lines).hasSize(21).allSatisfy(row -> assertThat(row.split(",")).hasSize(fields + 1));
    assertThat(lines.stream().skip(1).map(row -> row.substring(row.lastIndexOf(',') + 1)))
        .allMatch(label -> classes == 0 || Integer.parseInt(label) < classes);
    try (InputStream packed = new GZIPInputStream(Files.newInputStream(file))) {
      assertThat(new String(packed.readAllBytes(), UTF_8)).isEqualTo(terminal.toString(UTF_8));
    }
  }

  @Test
  void generate_columnThatTheStreamLacks_isTold() throws IOException {
    Path config = file("model.yaml", GOOD);

    int exitCode = execute("generate", "sea", "--config", config.toString());

    assertThat(exitCode).isEqualTo(1);
    assertThat(errors.toString()).contains("the stream has no column a, b; it has: x1, x2, x3, y");
  }

  private int execute(String... arguments) {
    return Main.commandLine().setErr(new PrintWriter(errors, true)).execute(arguments);
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
