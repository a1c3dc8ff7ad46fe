package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.invocation.Configuration;
import io.millrace.quickstart.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code produce --until-converged} with a trainer on a real broker. */
class UntilConvergedTest {
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
  void produce_trainerThatStopsEarly_endsWithItsVersion() throws Exception {
    // Given: the topic is there, and a trainer of a model that is soon learned
    Path rows = rows(200);
    Path settings = settings("stops", "callbacks: {early_stopping: {patience: 3}}");
    assertThat(produce(settings, rows).exitCode()).isZero();
    Configuration configuration = Configuration.load(settings);
    Thread trainer = new Thread(() -> train(configuration), "trainer");
    trainer.start();

    // When
    CommandRun converged = produce(settings, rows, "--until-converged");
    CommandRun again = produce(settings, rows, "--until-converged");
    trainer.interrupt();
    trainer.join(PATIENCE_MILLIS);

    // Then
    assertThat(converged.exitCode()).as(converged.output()).isZero();
    assertThat(converged.output())
        .containsPattern(
            "training of stops stopped early in pass \\d+: version \\d+ has its best weights");
    assertThat(again.exitCode()).isOne();
    assertThat(again.output())
        .contains("training of stops has ended before; `millrace retrain` begins a new round");
    assertThat(trainer.isAlive()).isFalse();
  }

  @Test
  void produce_noTrainer_saysSoAndEndsAfterTheMostPasses() throws Exception {
    Path settings = settings("alone", "callbacks: {early_stopping: {patience: 3}}");

    CommandRun produced = produce(settings, rows(200), "--until-converged", "--passes", "3");

    assertThat(produced.exitCode()).isOne();
    assertThat(produced.output())
        .contains("produced 600 records to alone")
        .contains("the trainer of alone has told nothing for 5 s: start it by `millrace run`")
        .contains("training of alone has not stopped early in 3 passes");
  }

  @Test
  void produce_settingsThatNeverStop_areRefusedWithTheMend() throws Exception {
    Path rows = rows(20);

    CommandRun without = produce(settings("never", ""), rows, "--until-converged");
    CommandRun nothingHeldOut =
        produce(
            settings("blind", "callbacks: {early_stopping: {patience: 3}}", 0),
            rows,
            "--until-converged");

    assertThat(without.exitCode()).isEqualTo(2);
    assertThat(without.output())
        .contains("callbacks.early_stopping: is needed by --until-converged")
        .contains("{patience: 20}");
    assertThat(nothingHeldOut.exitCode()).isEqualTo(2);
    assertThat(nothingHeldOut.output()).contains("validation.holdout: is 0");
  }

  private static void train(Configuration configuration) {
    try {
      Services.train(configuration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the end of the test
    }
  }

  private static CommandRun produce(Path settings, Path rows, String... more) {
    String[] words = new String[5 + more.length];
    System.arraycopy(
        new String[] {"produce", "--config", settings.toString(), "--file", rows.toString()},
        0,
        words,
        0,
        5);
    System.arraycopy(more, 0, words, 5, more.length);
    return CommandRun.of(words);
  }

  private static Path settings(String model, String callbacks) throws IOException {
    return settings(model, callbacks, 0.2);
  }

  private static Path settings(String model, String callbacks, double holdout) throws IOException {
    return Files.writeString(
        folder.resolve(model + ".yaml"),
        """
        model: %1$s
        kafka: {bootstrap_servers: "%2$s"}
        records: {topic: %1$s}
        inputs: {x: {fields: [a, b]}}
        outputs: {y: {classes: [left, right]}}
        network: {layers: [{type: dense, units: 2, activation: softmax}]}
        validation:
          {holdout: %3$s, holdout_by: key, window: 30, min_window: 10, evaluate_every: 100}
        checkpoints: {topic: %1$s.checkpoints, interval: 100ms}
        management: {port: 0}
        %4$s
        """
            .formatted(model, broker.bootstrapServers(), holdout, callbacks));
  }

  private static Path rows(int count) throws IOException {
    Random random = new Random(1);
    StringBuilder csv = new StringBuilder("a,b,y\n");
    for (int row = 0; row < count; row++) {
      double a = random.nextDouble();
      double b = random.nextDouble();
      csv.append("%s,%s,%s%n".formatted(a, b, a > b ? "right" : "left"));
    }
    return Files.writeString(folder.resolve("rows-" + count + ".csv"), csv);
  }
}
