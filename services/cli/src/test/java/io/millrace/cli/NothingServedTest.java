package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.quickstart.EmbeddedBroker;
import io.millrace.quickstart.FreePort;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model that has learned nothing is not served, and every command says why. */
class NothingServedTest {
  private static final long PATIENCE_MILLIS = 60_000;
  private static final String REASON =
      "learned from 0 of 300 records, nothing is served yet: 300 rejected, mostly"
          + " \"a number is needed in field 'label'\"";

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
  void run_everyRecordIsRejected_servesNothingAndSaysWhy() throws Exception {
    // Given
    Model model = model("rejected", 300, row -> "x", "");

    // When
    Thread run = model.run();
    CommandRun predicted = model.until(each -> each.output().contains("300 rejected"), "predict");
    HttpResponse<String> ready = model.readiness();
    CommandRun listed = CommandRun.of("checkpoints", "list", "--config", model.yaml());
    CommandRun shown = CommandRun.of("checkpoints", "show", "--config", model.yaml());
    CommandRun rolledBack = CommandRun.of("rollback", "--config", model.yaml());
    end(run);

    // Then
    assertThat(predicted.exitCode()).isEqualTo(1);
    assertThat(predicted.output()).contains("(UNAVAILABLE): model 'rejected' has " + REASON);
    assertThat(ready.statusCode()).isEqualTo(503);
    assertThat(ready.body()).contains("model rejected: it has " + REASON);
    assertThat(listed.output()).contains("(latest)").doesNotContain("(served)");
    assertThat(shown.exitCode()).isEqualTo(1);
    assertThat(shown.output()).contains("nothing is served yet; name a version that is kept: ");
    assertThat(rolledBack.output()).contains("refused: there is no champion before the first");
  }

  @Test
  void run_fewRecords_areServedOnceTheTopicIsSilent() throws Exception {
    Model model =
        model("few", 100, row -> String.valueOf(row), "training: {max_batch_age: 200ms}\n");

    Thread run = model.run();
    CommandRun predicted = model.until(each -> each.exitCode() == 0, "predict");
    end(run);

    assertThat(predicted.output()).contains("predicted=100 skipped=0");
  }

  private static void end(Thread run) throws InterruptedException {
    run.interrupt();
    run.join(PATIENCE_MILLIS);
    assertThat(run.isAlive()).isFalse();
  }

  private static Model model(String name, int rows, Function<Integer, String> label, String more)
      throws Exception {
    String csv =
        IntStream.range(0, rows)
            .mapToObj(row -> row + "," + label.apply(row) + "\n")
            .collect(Collectors.joining("", "a,label\n", ""));
    int port = FreePort.find();
    String yaml =
        """
        model: %s
        kafka: {bootstrap_servers: "%s"}
        records: {topic: %s}
        inputs: {x: {fields: [a]}}
        outputs: {label: {}}
        network: {layers: [{type: dense, units: 1}]}
        serving: {port: %d}
        management: {port: %d}
        """
            .formatted(name, broker.bootstrapServers(), name, FreePort.find(), port);
    Model model =
        new Model(
            Files.writeString(folder.resolve(name + ".yaml"), yaml + more).toString(),
            Files.writeString(folder.resolve(name + ".csv"), csv).toString(),
            port);
    CommandRun produced = CommandRun.of("produce", "--config", model.yaml(), "--file", model.csv());
    assertThat(produced.exitCode()).as(produced.output()).isZero();
    return model;
  }

  private record Model(String yaml, String csv, int managementPort) {
    Thread run() {
      Thread run = new Thread(() -> Main.commandLine().execute("run", "--config", yaml));
      run.start();
      return run;
    }

    CommandRun until(Predicate<CommandRun> condition, String command) throws Exception {
      long end = System.currentTimeMillis() + PATIENCE_MILLIS;
      while (true) {
        CommandRun done = CommandRun.of(command, "--config", yaml, "--file", csv);
        if (condition.test(done)) {
          return done;
        }
        assertThat(System.currentTimeMillis()).as(done.output()).isLessThan(end);
        Thread.sleep(200);
      }
    }

    HttpResponse<String> readiness() throws Exception {
      URI ready = URI.create("http://127.0.0.1:%d/readyz".formatted(managementPort));
      return HttpClient.newHttpClient()
          .send(HttpRequest.newBuilder(ready).build(), BodyHandlers.ofString());
    }
  }
}
