package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.quickstart.EmbeddedBroker;
import io.millrace.quickstart.FreePort;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code run} and {@code train} say where there is no terminal, and what {@code status} does.
 */
@Timeout(300)
class SpokenRunTest {
  private static final String AWAY = "No broker has answered";
  private static final String BACK = "The brokers answer again";

  private final EmbeddedBroker broker = EmbeddedBroker.started();
  @TempDir private Path folder;
  private String yaml = "";

  @BeforeEach
  void describe() throws Exception {
    String settings =
        """
        model: m
        kafka: {bootstrap_servers: "%s"}
        records: {topic: rows}
        inputs: {x: {fields: [a]}}
        outputs: {label: {}}
        network: {layers: [{type: dense, units: 1}]}
        serving: {port: %d}
        management: {port: %d}
        """
            .formatted(broker.bootstrapServers(), FreePort.find(), FreePort.find());
    yaml = Files.writeString(folder.resolve("m.yaml"), settings).toString();
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  @Test
  void run_everyRecordIsRejected_saysSoInItsFirstLinesWithReasonAndField() throws Exception {
    // Given
    produce(row -> "x");

    // When
    List<String> lines;
    CommandRun status;
    try (MillraceProcess run = start("run")) {
      run.until(1, "rejected so far");
      lines = run.until(1, "learning nothing, every record is rejected");
      status = CommandRun.of("status", "--config", yaml);
      assertThat(run.end()).anyMatch(line -> line.contains("Stopped after 300 records; version "));
    }

    // Then
    String said = "300 of 300 records rejected so far, mostly: a number is needed in field 'label'";
    assertThat(lines).anyMatch(line -> line.contains(said));
    assertThat(first(lines, said)).isLessThan(first(lines, "records=300")); // of every ten seconds
    assertThat(status.exitCode()).isOne();
    assertThat(status.output())
        .contains("not ready, learning nothing, every record is rejected: 300 records")
        .contains("nothing is served yet", "NOT_A_NUMBER 300")
        .contains("300 of 300 records, mostly: a number is needed in field 'label'");
  }

  @Test
  void train_brokerGoesAndComesBack_saysEachOnce() throws Exception {
    produce(row -> String.valueOf(row));
    try (MillraceProcess train = start("train")) {
      train.until(1, "Training begins");
      broker.stop();
      train.until(1, AWAY);
      broker.start();
      train.until(1, BACK);

      List<String> lines = train.end();

      assertThat(lines.stream().filter(line -> line.contains(AWAY))).hasSize(1);
      assertThat(lines.stream().filter(line -> line.contains(BACK))).hasSize(1);
    }
  }

  private static int first(List<String> lines, String text) {
    return IntStream.range(0, lines.size())
        .filter(line -> lines.get(line).contains(text))
        .findFirst()
        .orElse(lines.size());
  }

  private MillraceProcess start(String command) throws Exception {
    return MillraceProcess.start(folder.resolve("output"), command, "--config", yaml);
  }

  private void produce(IntFunction<String> label) throws Exception {
    String rows =
        IntStream.range(0, 300)
            .mapToObj(row -> row + "," + label.apply(row) + "\n")
            .collect(Collectors.joining("", "a,label\n", ""));
    Path csv = Files.writeString(folder.resolve("rows.csv"), rows);
    CommandRun produced = CommandRun.of("produce", "--config", yaml, "--file", csv.toString());
    assertThat(produced.exitCode()).as(produced.output()).isZero();
  }
}
