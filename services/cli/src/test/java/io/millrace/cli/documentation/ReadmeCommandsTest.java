package io.millrace.cli.documentation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.Main;
import io.millrace.cli.deployment.Repository;
import io.millrace.quickstart.EmbeddedBroker;
import io.millrace.quickstart.FreePort;
import io.millrace.quickstart.LetterRecognition;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the README's commands at prompts unchanged, but in this process. */
class ReadmeCommandsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir private Path folder;

  @Test
  void commands_atPromptsWithFiles_work() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.started()) {
      // Given
      writeModel(broker.bootstrapServers());
      writeData();

      // When, Then
      for (String[] arguments : ReadmeCommands.atPrompts()) {
        switch (arguments[0]) {
          case "demo", "try" -> {} // have brokers of their own
          case "broker" -> {} // is there
          case "init" -> {
            Files.delete(folder.resolve("model.yaml"));
            assertThat(execute(arguments)).isZero();
            writeModel(broker.bootstrapServers()); // with ports that are free here
          }
          case "run" -> start(arguments);
          case "predict" -> assertThat(outputOnceServed(arguments)).contains("version");
          default -> assertThat(execute(arguments)).isZero();
        }
      }
      assertThat(output(() -> assertThat(generate(broker.bootstrapServers())).isZero()))
          .contains("produced 500 records to sea");
    }
  }

  @Test
  void demo_atThePrompt_endsWell() {
    String[] demo =
        ReadmeCommands.atPrompts().stream()
            .filter(words -> words[0].equals("demo"))
            .findAny()
            .get();

    String output = output(() -> assertThat(execute(demo)).isZero());

    assertThat(output.lines().reduce((first, last) -> last).orElseThrow())
        .matches(
            "demo: records=100000 trained=\\d+ validated=\\d+ rejected=0 checkpoints=\\d+"
                + " served_version=\\d+ served_accuracy=0\\.9\\d+ seconds=\\d+\\.\\d");
  }

  @Test
  void try_atThePrompt_endsWell() throws IOException {
    writeData();
    String[] tried =
        ReadmeCommands.atPrompts().stream().filter(words -> words[0].equals("try")).findAny().get();

    String output = output(() -> assertThat(execute(tried)).isZero());

    assertThat(output.lines().reduce((first, last) -> last).orElseThrow())
        .matches(
            "try: rows=20000 learned=\\d+ validated=\\d+ rejected=0 passes=\\d+ folds=1"
                + " metric=accuracy validation=0\\.9\\d+ baseline=0\\.0\\d+ seconds=\\d+\\.\\d");
  }

  @Test
  void commands_inSentences_areUnderstood() {
    for (String[] arguments : ReadmeCommands.inSentences()) {
      assertThat(Main.commandLine().parseArgs(arguments).hasSubcommand()).isTrue();
    }
  }

  private int generate(String bootstrapServers) {
    Path config = folder.resolve("sea.yaml");
    String example =
        Repository.text("services/cli/src/main/resources/examples/drifting-stream.yaml");
    try {
      Files.writeString(config, example.replace("localhost:9092", bootstrapServers));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return execute(
        ("generate sea --functions 3,4 --drift-at 250 --records 500 --config " + config)
            .split(" "));
  }

  private int execute(String[] arguments) {
    String[] here =
        Arrays.stream(arguments)
            .map(
                word ->
                    word.matches("model\\.yaml|data\\.csv")
                        ? folder.resolve(word).toString()
                        : word)
            .toArray(String[]::new);
    return Main.commandLine().execute(here);
  }

  /** Starts a command that runs until the end of the test. */
  private void start(String[] arguments) {
    Thread thread = new Thread(() -> execute(arguments), "command");
    thread.setDaemon(true);
    thread.start();
  }

  private String outputOnceServed(String[] arguments) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    int[] exitCode = new int[1];
    while (true) {
      String output = output(() -> exitCode[0] = execute(arguments));
      if (exitCode[0] == 0) {
        return output;
      }
      assertThat(System.nanoTime()).as(output).isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(500);
    }
  }

  private static String output(Runnable action) {
    PrintStream before = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, UTF_8));
    try {
      action.run();
    } finally {
      System.setOut(before);
    }
    return bytes.toString(UTF_8);
  }

  private void writeModel(String bootstrapServers) throws IOException {
    String example =
        Repository.text("services/cli/src/main/resources/examples/csv-classification.yaml");
    Files.writeString(
        folder.resolve("model.yaml"),
        example
                .replace("localhost:9092", bootstrapServers)
                .replace("patience: 20}", "patience: 2}")
                .replace("port: 8080", "port: " + FreePort.find())
            + "management: {port: 0}\n");
  }

  private void writeData() throws IOException {
    try (BufferedReader letters = LetterRecognition.open()) {
      Files.writeString(
          folder.resolve("data.csv"), letters.lines().collect(Collectors.joining("\n")));
    }
  }
}
