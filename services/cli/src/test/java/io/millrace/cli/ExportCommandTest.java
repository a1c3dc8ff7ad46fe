package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.quickstart.EmbeddedBroker;
import io.millrace.quickstart.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code export}, of a version that a trainer has published. */
@Timeout(300)
class ExportCommandTest {
  private static final long PATIENCE_MILLIS = 120_000;
  private static final long PAUSE_NANOS = 200_000_000;

  private static EmbeddedBroker broker;
  @TempDir private static Path folder;
  private static Path yaml;

  @BeforeAll
  static void publish() throws Exception {
    broker = EmbeddedBroker.started();
    yaml = settings();
    String csv =
        IntStream.range(0, 400)
            .mapToObj(row -> row + "," + (row % 2 == 0 ? "even" : "odd") + "," + 2 * row + "\n")
            .collect(Collectors.joining("", "a,kind,b\n", ""));
    Path file = Files.writeString(folder.resolve("rows.csv"), csv);
    CommandRun produced = CommandRun.of("produce", "--config", text(yaml), "--file", text(file));
    assertThat(produced.exitCode()).as(produced.output()).isZero();
    Thread run = new Thread(() -> Main.commandLine().execute("run", "--config", text(yaml)));
    run.start();
    awaitServed();
    run.interrupt();
    run.join(PATIENCE_MILLIS);
    assertThat(run.isAlive()).isFalse();
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void export_keras_writesTheServedVersionWithItsScaling() throws IOException {
    Path file = folder.resolve("served.keras");

    CommandRun run = export("--format", "keras", "--output", text(file));

    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(run.output())
        .containsPattern("version \\d+ of numbers is written to .*served.keras: \\d+ parameters")
        .contains("input x: a layer of the model scales its numbers")
        .contains(
            "input k: the model takes prepared numbers; served.keras.preprocessing.json says");
    try (ZipFile archive = new ZipFile(file.toFile())) {
      assertThat(Collections.list(archive.entries()))
          .extracting(entry -> entry.getName())
          .containsExactly("metadata.json", "config.json", "model.weights.h5");
    }
    assertThat(Files.readString(folder.resolve("served.keras.preprocessing.json")))
        .contains("\"model\":\"numbers\"", "\"statistics\":{", "\"kind\"")
        .doesNotContain("hunter2");
  }

  @Test
  void export_scalingInTheFile_summaryReadsTheArchive() throws IOException {
    // Given
    Path file = folder.resolve("again.keras");
    CommandRun run = export("--format", "keras", "--preprocessing", "file", "--output", text(file));
    assertThat(run.exitCode()).as(run.output()).isZero();

    // When
    Path again =
        Files.writeString(
            folder.resolve("again.yaml"),
            """
            model: again
            kafka: {bootstrap_servers: "%s"}
            records: {topic: numbers}
            inputs: {x: {fields: [a]}, k: {size: 3, scaling: none}}
            outputs: {b: {}}
            network: {architecture: again.keras}
            training: {initial_weights: again.keras}
            """
                .formatted(broker.bootstrapServers()));
    CommandRun summary = CommandRun.of("summary", "--config", text(again));

    // Then
    assertThat(summary.exitCode()).as(summary.output()).isZero();
    assertThat(summary.output())
        .contains(
            "hidden",
            "initial weights: hidden, dense",
            "training.optimizer is adam (learning_rate 0.001)");
  }

  @Test
  void export_fileExists_isRefusedWithoutForce() throws IOException {
    Path file = Files.writeString(folder.resolve("taken.safetensors"), "mine");

    CommandRun refused = export("--format", "safetensors", "--output", text(file));
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.output()).isEqualTo("millrace: " + file + " exists; --force replaces it\n");
    assertThat(file).hasContent("mine");

    CommandRun forced = export("--format", "safetensors", "--force", "--output", text(file));
    assertThat(forced.exitCode()).as(forced.output()).isZero();
    assertThat(Files.readAllBytes(file)).asString().contains("\"hidden/kernel\"");
  }

  @Test
  void export_unknownVersion_listsTheRetained() {
    CommandRun run =
        export(
            "--version", "999", "--format", "keras", "--output", text(folder.resolve("m.keras")));

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.output())
        .matches("millrace: version 999 is not retained; retained: \\d+(, \\d+)*\n");
    assertThat(folder.resolve("m.keras")).doesNotExist();
  }

  @Test
  void export_rivalOfAModelWithoutRivals_isRefused() {
    CommandRun run =
        export("--rival", "fast", "--format", "keras", "--output", text(folder.resolve("r.keras")));

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.output())
        .isEqualTo("millrace: there is no rival fast; the version has no rivals\n");
  }

  private static CommandRun export(String... options) {
    List<String> words = new ArrayList<>(List.of("export", "--config", text(yaml)));
    words.addAll(List.of(options));
    return CommandRun.of(words.toArray(String[]::new));
  }

  private static Path settings() throws IOException {
    return Files.writeString(
        folder.resolve("numbers.yaml"),
        """
        model: numbers
        kafka: {bootstrap_servers: "%s", properties: {ssl.key.password: hunter2}}
        records: {topic: numbers}
        checkpoints: {interval: 10ms}
        inputs:
          x: {fields: [a]}
          k: {features: [{field: kind, type: category, vocabulary: [even, odd]}]}
        outputs: {b: {}}
        network:
          layers:
            - {type: concatenate, inputs: [x, k]}
            - {type: dense, name: hidden, units: 4, activation: relu}
            - {type: dense, units: 1}
        training: {max_batch_age: 200ms, optimizer: {type: adam}}
        serving: {port: %d}
        management: {port: %d}
        """
            .formatted(broker.bootstrapServers(), FreePort.find(), FreePort.find()));
  }

  private static void awaitServed() {
    long end = System.currentTimeMillis() + PATIENCE_MILLIS;
    while (true) {
      CommandRun listed = CommandRun.of("checkpoints", "list", "--config", text(yaml));
      if (listed.output().contains("(served)")) {
        return;
      }
      assertThat(System.currentTimeMillis()).as(listed.output()).isLessThan(end);
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private static String text(Path path) {
    return path.toString();
  }
}
