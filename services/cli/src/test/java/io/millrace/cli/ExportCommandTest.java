package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.millrace.checkpoints.CheckpointFile;
import io.millrace.cli.checkpoints.PublishedVersions;
import io.millrace.cli.invocation.Configuration;
import io.millrace.export.ExportedModel;
import io.millrace.learning.features.LinearScaling;
import io.millrace.quickstart.EmbeddedBroker;
import io.millrace.quickstart.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands {@code export} and {@code import}, of a version that a trainer has published. */
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
    yaml = settings("numbers", "hidden");
    String csv =
        IntStream.range(0, 400)
            .mapToObj(row -> row + "," + (row % 2 == 0 ? "even" : "odd") + "," + 2 * row + "\n")
            .collect(Collectors.joining("", "a,kind,b\n", ""));
    Path file = Files.writeString(folder.resolve("rows.csv"), csv);
    CommandRun produced = CommandRun.of("produce", "--config", text(yaml), "--file", text(file));
    assertThat(produced.exitCode()).as(produced.output()).isZero();
    Thread run = new Thread(() -> Main.commandLine().execute("run", "--config", text(yaml)));
    run.start();
    await(yaml, "(served)");
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
        .contains("input x: the model takes what records hold")
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

  @Test
  void export_onnx_takesFieldsOfRecords() throws IOException {
    Path file = folder.resolve("served.onnx");

    CommandRun run = export("--format", "onnx", "--output", text(file));

    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(run.output())
        .contains("input x: the model takes what records hold")
        .contains("input k: the model takes what records hold");
    assertThat(folder.resolve("served.onnx.preprocessing.json")).doesNotExist();
    assertThat(Files.readAllBytes(file)).asString().contains("LabelEncoder", "hidden/kernel");
  }

  @Test
  void import_millrace_isServedAndTrainingGoesOnFromIt() throws Exception {
    // Given
    Path file = folder.resolve("served.millrace");
    CommandRun exported = export("--format", "millrace", "--output", text(file));
    assertThat(exported.exitCode()).as(exported.output()).isZero();
    Path copy = settings("copy", "hidden");

    // When
    CommandRun imported = CommandRun.of("import", text(file), "--config", text(copy));
    assertThat(imported.exitCode()).as(imported.output()).isZero();
    assertThat(imported.output())
        .contains("version 1 of copy is published: ")
        .containsPattern("it was version \\d+ of numbers, made .* by millrace ")
        .contains("a trainer goes on from it at the oldest record of numbers");

    // Then
    assertThat(parameters(copy)).isEqualTo(parameters(yaml));
    Path again = folder.resolve("again.millrace");
    CommandRun.of(
        "export", "--config", text(copy), "--format", "millrace", "--output", text(again));
    assertThat(CheckpointFile.read(again).weights().entries())
        .usingRecursiveComparison()
        .isEqualTo(CheckpointFile.read(file).weights().entries());
    Thread run = new Thread(() -> Main.commandLine().execute("run", "--config", text(copy)));
    run.start();
    await(copy, "  400  "); // all records of the topic, from the first on
    run.interrupt();
    run.join(PATIENCE_MILLIS);
  }

  @Test
  void import_keras_hasTheWeightsAndTheScaling() throws IOException {
    // Given
    Path file = folder.resolve("taken.keras");
    CommandRun exported = export("--format", "keras", "--output", text(file));
    assertThat(exported.exitCode()).as(exported.output()).isZero();
    Path taken = settings("taken", "hidden");

    // When
    CommandRun imported = CommandRun.of("import", text(file), "--config", text(taken));

    // Then
    assertThat(imported.exitCode()).as(imported.output()).isZero();
    assertThat(imported.output()).contains("only weights are taken, and what layers Normalization");
    assertThat(parameters(taken)).isEqualTo(parameters(yaml));
    LinearScaling scaling = model(taken).scaling(0).orElseThrow();
    LinearScaling expected = model(yaml).scaling(0).orElseThrow();
    assertThat(scaling.shifts().get(0)).isCloseTo(expected.shifts().get(0), withinPercentage(1e-6));
    assertThat(scaling.divisors().get(0))
        .isCloseTo(expected.divisors().get(0), withinPercentage(1e-6));
  }

  @Test
  void import_modelWithVersions_isRefusedWithoutReplace() throws IOException {
    Path file = folder.resolve("first.millrace");
    export("--format", "millrace", "--output", text(file));
    Path often = settings("often", "hidden");
    CommandRun.of("import", text(file), "--config", text(often));

    CommandRun refused = CommandRun.of("import", text(file), "--config", text(often));
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.output())
        .isEqualTo("millrace: often has versions already: 1; --replace deletes them\n");

    CommandRun forced = CommandRun.of("import", text(file), "--config", text(often), "--replace");
    assertThat(forced.exitCode()).as(forced.output()).isZero();
    assertThat(forced.output()).contains("version 1 of often is published");
  }

  @Test
  void import_anotherNetworkOrAnotherFile_isRefusedByName() throws IOException {
    Path file = folder.resolve("other.millrace");
    export("--format", "millrace", "--output", text(file));
    Path other = settings("other", "renamed");

    CommandRun network = CommandRun.of("import", text(file), "--config", text(other));
    assertThat(network.exitCode()).isEqualTo(2);
    assertThat(network.output())
        .contains(
            "network.layers[1].name: is renamed, but the file's model has hidden; allowed: the same");

    Path csv = folder.resolve("rows.csv");
    CommandRun rows = CommandRun.of("import", text(csv), "--config", text(other));
    assertThat(rows.exitCode()).isEqualTo(1);
    assertThat(rows.output()).contains(csv + " is no model that can be taken; allowed: a file of");

    Path keras = Files.copy(csv, folder.resolve("rows.keras"));
    CommandRun archive = CommandRun.of("import", text(keras), "--config", text(other));
    assertThat(archive.exitCode()).isEqualTo(2);
    assertThat(archive.output()).contains("FILE: is rows.keras, which cannot be read: ");
  }

  private static String parameters(Path settings) {
    return CommandRun.of("checkpoints", "show", "--config", text(settings))
        .output()
        .lines()
        .filter(line -> line.startsWith("parameters sha256: "))
        .findFirst()
        .orElseThrow();
  }

  private static ExportedModel model(Path settings) {
    try (PublishedVersions published = new PublishedVersions(Configuration.load(settings))) {
      return ExportedModel.of(published.read(null), Optional.empty());
    }
  }

  private static CommandRun export(String... options) {
    List<String> words = new ArrayList<>(List.of("export", "--config", text(yaml)));
    words.addAll(List.of(options));
    return CommandRun.of(words.toArray(String[]::new));
  }

  private static Path settings(String model, String layer) throws IOException {
    return Files.writeString(
        folder.resolve(model + ".yaml"),
        """
        model: %s
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
            - {type: dense, name: %s, units: 4, activation: relu}
            - {type: dense, units: 1}
        training: {max_batch_age: 200ms, optimizer: {type: adam}}
        serving: {port: %d}
        management: {port: %d}
        """
            .formatted(model, broker.bootstrapServers(), layer, FreePort.find(), FreePort.find()));
  }

  private static void await(Path settings, String shown) {
    long end = System.currentTimeMillis() + PATIENCE_MILLIS;
    while (true) {
      CommandRun listed = CommandRun.of("checkpoints", "list", "--config", text(settings));
      if (listed.output().contains(shown)) {
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
