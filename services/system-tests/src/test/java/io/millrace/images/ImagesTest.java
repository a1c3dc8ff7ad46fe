package io.millrace.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each folder of libraries starts its service, which logs, and holds nothing that it does not need.
 * The folders are made by the phase {@code package}: without it there is nothing to test here.
 */
class ImagesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String BROKER = "kafka_.*|kafka-(metadata|server|group|raft).*|scala-.*";
  private static final String TESTS =
      "(junit|assertj|opentest4j|apiguardian|jqwik|archunit|hamcrest)-.*|.*(-tests|test-utils|pkitesting).*";

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "trainer, io.millrace.trainer.TrainerMain",
    "predictor, io.millrace.predictor.PredictorMain",
    "joiner, io.millrace.joiner.JoinerMain",
    "fleet, io.millrace.fleet.FleetMain",
    "cli, io.millrace.cli.Main train --config"
  })
  void start_librariesOfAnImage_logsThatItListens(String image, String mainAndArguments)
      throws Exception {
    assertThat(started(image, mainAndArguments, "plain"))
        .anyMatch(
            line ->
                line.matches(
                    ".* INFO +HttpService Listening service=\"management\" .*model=\"letters\""))
        .noneMatch(line -> line.contains("SLF4J"));
  }

  @ParameterizedTest
  @CsvSource({
    "trainer, io.millrace.trainer.TrainerMain",
    "predictor, io.millrace.predictor.PredictorMain",
    "joiner, io.millrace.joiner.JoinerMain",
    "cli, io.millrace.cli.Main train --config"
  })
  void start_formatJson_everyLineIsAnObjectWithTheModel(String image, String mainAndArguments)
      throws Exception {
    List<JsonObject> lines =
        started(image, mainAndArguments, "json").stream().map(JsonObject::new).toList();

    assertThat(lines)
        .allSatisfy(
            line ->
                assertThat(line.fieldNames())
                    .contains("timestamp", "level", "logger", "thread", "message"))
        .allMatch(line -> line.getString("model").equals("letters"))
        .anyMatch(
            line ->
                line.getString("message").equals("Listening")
                    && line.getString("service").equals("management"));
  }

  /** Starts a service without a broker until it listens; returns the lines that it has written. */
  private List<String> started(String image, String mainAndArguments, String format)
      throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", libraries(image) + "/*"));
    command.addAll(List.of(mainAndArguments.split(" ")));
    command.add(model().toString());
    Path output = folder.resolve("output.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().put("MILLRACE_LOG_FORMAT", format);
    Process service = builder.start();
    try {
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (!logs(output) && service.isAlive() && System.nanoTime() < end) {
        LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      }
    } finally {
      service.destroyForcibly().waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
    String whole = Files.readString(output);
    return whole.substring(0, whole.lastIndexOf('\n') + 1).lines().toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"trainer", "predictor", "joiner", "fleet"})
  void libraries_ofAService_holdNeitherABrokerNorTests(String image) throws IOException {
    assertThat(jars(image))
        .noneMatch(jar -> jar.matches(BROKER) || jar.startsWith("millrace-quickstart"))
        .noneMatch(jar -> jar.matches(TESTS));
  }

  @Test
  void libraries_ofTheCommandLine_holdTheDemosBrokerAndNoTests() throws IOException {
    assertThat(jars("cli"))
        .anyMatch(jar -> jar.matches(BROKER))
        .noneMatch(jar -> jar.matches(TESTS));
  }

  private static boolean logs(Path output) throws IOException {
    return Files.readString(output).contains("Listening");
  }

  /** No broker is there: what listens does so before one is looked for. */
  private Path model() throws IOException {
    return Files.writeString(
        folder.resolve("model.yaml"),
        """
        model: letters
        kafka: {bootstrap_servers: "127.0.0.1:1"}
        records: {topic: letters}
        inputs: {x: {fields: [a]}}
        outputs: {y: {classes: ["no", "yes"]}}
        network: {layers: [{type: dense, units: 2, activation: softmax}]}
        serving: {port: 0, management: {port: 0}}
        management: {port: 0}
        join: {features_topic: f, labels_topic: l, management: {port: 0}}
        """);
  }

  private static List<String> jars(String image) throws IOException {
    try (Stream<Path> files = Files.list(libraries(image))) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static Path libraries(String image) {
    Path libraries = Path.of("..", image, "target", "lib");
    assumeThat(libraries).isDirectory();
    return libraries;
  }
}
