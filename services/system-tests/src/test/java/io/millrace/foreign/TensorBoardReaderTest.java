package io.millrace.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.cli.invocation.Configuration;
import io.millrace.crash.JavaProcess;
import io.millrace.crash.LetterTopic;
import io.millrace.proto.events.v1.Rival;
import io.millrace.proto.events.v1.TrainingEvent;
import io.millrace.quickstart.EmbeddedBroker;
import io.millrace.runtime.kafka.ClientProperties;
import io.millrace.trainer.TrainerMain;
import io.millrace.trainer.events.EventReader;
import io.millrace.trainer.events.EventStart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** TensorBoard's own reader finds what a trainer that was killed on its way has published. */
@Tag("foreign")
@Timeout(600)
class TensorBoardReaderTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int RECORDS = 6000;

  @TempDir private Path folder;
  private final List<JavaProcess> trainers = new ArrayList<>();

  @AfterEach
  void end() throws InterruptedException {
    for (JavaProcess trainer : trainers) {
      trainer.kill();
    }
  }

  @Test
  void eventAccumulator_trainerKilledOnItsWay_findsEachEvaluationBitForBit() throws Exception {
    ForeignProgram program = new ForeignProgram(folder);
    Optional<String> python = program.pythonWith("tensorboard");
    assumeTrue(python.isPresent(), "Python's tensorboard is neither installed nor found by pip");
    try (EmbeddedBroker broker = EmbeddedBroker.started()) {
      // Given
      LetterTopic topic = new LetterTopic(broker.bootstrapServers(), RECORDS);
      topic.create();
      topic.produce(topic::size);
      Path settings = settings(topic);
      Configuration configuration = Configuration.load(settings);
      try (Admin admin = Admin.create(new ClientProperties(configuration.kafka()).admin("test"))) {
        String events = configuration.trainer().events().topic();
        admin.createTopics(List.of(new NewTopic(events, 1, (short) 1))).all().get();
      }

      // When
      JavaProcess killed = trainer(settings);
      awaitEvaluation(killed, configuration, RECORDS / 3);
      killed.kill();
      JavaProcess second = trainer(settings);
      awaitEvaluation(second, configuration, RECORDS - 300);
      second.terminate();

      // Then
      String script = program.resource("tensorboard_reader.py");
      String board = folder.resolve("board/letters-board").toString();
      List<String> found = program.run(python.get(), script, board).lines().toList();
      assertThat(found).filteredOn(line -> line.startsWith("scalar\trival-fast\t")).isNotEmpty();
      assertThat(found.stream().filter(line -> line.startsWith("scalar\t")))
          .containsExactlyInAnyOrderElementsOf(expected(evaluations(configuration)));
      assertThat(found.stream().filter(line -> !line.startsWith("scalar\t")))
          .anyMatch(line -> line.startsWith("histograms\ttrain\tdense/kernel/histogram\t"))
          .anyMatch(line -> line.startsWith("histograms\ttrain\tdense/kernel/gradient/histogram\t"))
          .noneMatch(line -> line.startsWith("histograms\trival-"))
          .anyMatch(line -> line.startsWith("images\tvalidation\tconfusion_matrix/letter\t"))
          .anyMatch(line -> line.startsWith("tensors\t.\tsettings\t"))
          .anyMatch(line -> line.matches("hparams\t\\.\t_hparams_/session_start_info\t[1-9].*"));
    }
  }

  private Path settings(LetterTopic topic) throws IOException {
    Path file = topic.model("letters-board", folder);
    String yaml =
        Files.readString(file).replace("evaluate_every: 800", "evaluate_every: 96")
            + "tensorboard: {log_dir: board, histograms_every: 5}\n"
            + "rivals: [{name: default}, {name: fast, training: {optimizer: {learning_rate: 0.009}}}]\n";
    return Files.writeString(file, yaml);
  }

  private JavaProcess trainer(Path settings) throws IOException {
    trainers.add(JavaProcess.started(TrainerMain.class, folder.resolve("trainer.log"), settings));
    return trainers.get(trainers.size() - 1);
  }

  /** Waits for an evaluation after so many records. */
  private void awaitEvaluation(JavaProcess trainer, Configuration configuration, int records)
      throws IOException {
    long limit = System.nanoTime() + PATIENCE.toNanos();
    try (EventReader reader = reader(configuration)) {
      long newest = 0;
      while (newest < records) {
        assertThat(System.nanoTime()).as(said()).isLessThan(limit);
        assertThat(trainer.isAlive()).as(said()).isTrue();
        for (TrainingEvent event : reader.poll(Duration.ofMillis(100))) {
          newest = event.hasEvaluation() ? event.getRecords() : newest;
        }
      }
    }
  }

  private static List<TrainingEvent> evaluations(Configuration configuration) {
    List<TrainingEvent> events = new ArrayList<>();
    try (EventReader reader = reader(configuration)) {
      reader.readToEnd(PATIENCE, events::add);
    }
    return events.stream().filter(TrainingEvent::hasEvaluation).toList();
  }

  private static EventReader reader(Configuration configuration) {
    return new EventReader(
        new ClientProperties(configuration.kafka()).consumer("test"),
        configuration.trainer().events().topic(),
        configuration.model(),
        EventStart.EARLIEST);
  }

  private String said() throws IOException {
    return Files.readString(folder.resolve("trainer.log"));
  }

  /** Returns the scalars of the evaluations as the program prints them. */
  private static List<String> expected(List<TrainingEvent> evaluations) {
    List<String> lines = new ArrayList<>();
    for (TrainingEvent event : evaluations) {
      lines.add(line(event, "train", "learning_rate", event.getEvaluation().getLearningRate()));
      event
          .getEvaluation()
          .getMetricsMap()
          .forEach(
              (name, value) ->
                  lines.add(
                      name.startsWith("val_")
                          ? line(event, "validation", name.substring(4), value)
                          : line(event, "train", name, value)));
      for (Rival rival : event.getEvaluation().getRivalsList()) {
        String run = "rival-" + rival.getName();
        lines.add(line(event, run, "loss", rival.getLoss()));
        lines.add(line(event, run, "learning_rate", rival.getLearningRate()));
        lines.add(line(event, run, "share", rival.getShare()));
      }
    }
    return lines;
  }

  private static String line(TrainingEvent event, String run, String name, double value) {
    return "scalar\t%s\tepoch_%s\t%d\t%d\t%08x"
        .formatted(
            run,
            name,
            event.getRecords(),
            event.getTimeMillis(),
            Float.floatToIntBits((float) value));
  }
}
