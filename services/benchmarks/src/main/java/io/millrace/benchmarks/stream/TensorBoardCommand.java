package io.millrace.benchmarks.stream;

import io.millrace.quickstart.EmbeddedBroker;
import io.millrace.runtime.management.Metrics;
import io.millrace.trainer.decoding.RecordFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures what event files for TensorBoard cost. */
@Command(
    name = "tensorboard",
    description = {
      "Trains from a topic of an embedded broker in turns: without event files for TensorBoard, and",
      "with them and histograms at each tenth evaluation. Prints the records of each round by second,",
      "and by second of the threads' processor time, which a busy machine changes less; at last the",
      "medians of the rounds' ratios."
    },
    mixinStandardHelpOptions = true)
public final class TensorBoardCommand implements Callable<Integer> {
  private static final List<Workload> WORKLOADS =
      List.of(
          Workload.small(32, RecordFormat.PROTOBUF),
          Workload.large(128, RecordFormat.PROTOBUF),
          Workload.small(32, RecordFormat.JSON));

  @Option(names = "--rounds", description = "Rounds of each workload (${DEFAULT-VALUE}).")
  private int rounds = 7;

  @Option(names = "--records", description = "Records of a round (${DEFAULT-VALUE}).")
  private int records = 400_000;

  @Override
  public Integer call() throws ExecutionException, InterruptedException, IOException {
    Path folder = Files.createTempDirectory("millrace-tensorboard");
    Map<String, Object> board =
        Map.of("tensorboard", Map.of("log_dir", folder.toString(), "histograms_every", 10));
    try (EmbeddedBroker broker = EmbeddedBroker.started();
        Metrics metrics = new Metrics()) {
      RecordsProducer producer = new RecordsProducer(broker.bootstrapServers());
      for (Workload each : WORKLOADS) {
        Workload workload = each.withRecords(Math.min(records, each.records()));
        producer.fill(workload);
        compare(workload, board, broker, metrics);
      }
    }
    return 0;
  }

  private void compare(
      Workload workload, Map<String, Object> board, EmbeddedBroker broker, Metrics metrics)
      throws InterruptedException {
    List<Double> bySecond = new ArrayList<>();
    List<Double> byProcessorSecond = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      Throughput[] sides = new Throughput[2];
      for (int turn = 0; turn < 2; turn++) {
        int side = (round + turn) % 2; // neither is always the first
        TrainingRun.Setting setting =
            new TrainingRun.Setting("-" + round + "-" + side, side == 0 ? Map.of() : board);
        sides[side] =
            new TrainingRun(workload, setting, broker.bootstrapServers(), metrics).measure();
      }
      bySecond.add(sides[1].recordsPerSecond() / sides[0].recordsPerSecond());
      byProcessorSecond.add(
          sides[1].recordsPerProcessorSecond() / sides[0].recordsPerProcessorSecond());
      print(
          "%s without=%.0f/s with=%.0f/s processor: without=%.0f/s with=%.0f/s",
          workload,
          sides[0].recordsPerSecond(),
          sides[1].recordsPerSecond(),
          sides[0].recordsPerProcessorSecond(),
          sides[1].recordsPerProcessorSecond());
    }
    print(
        "%s median_ratio=%.3f median_ratio_of_processor_time=%.3f",
        workload, median(bySecond), median(byProcessorSecond));
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
