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
      "Trains from a topic of an embedded broker in turns: without event files for TensorBoard and",
      "with them, histograms at each tenth evaluation included. Prints the records a second of each",
      "round, and the median of the rounds' ratios."
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

  @Override
  public Integer call() throws ExecutionException, InterruptedException, IOException {
    Path folder = Files.createTempDirectory("millrace-tensorboard");
    Map<String, Object> board =
        Map.of("tensorboard", Map.of("log_dir", folder.toString(), "histograms_every", 10));
    try (EmbeddedBroker broker = EmbeddedBroker.started();
        Metrics metrics = new Metrics()) {
      RecordsProducer producer = new RecordsProducer(broker.bootstrapServers());
      for (Workload workload : WORKLOADS) {
        producer.fill(workload);
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
          double[] rates = new double[2];
          for (int turn = 0; turn < 2; turn++) {
            int side = (round + turn) % 2; // neither is always the first
            TrainingRun.Setting setting =
                new TrainingRun.Setting("-" + round + "-" + side, side == 0 ? Map.of() : board);
            rates[side] =
                new TrainingRun(workload, setting, broker.bootstrapServers(), metrics)
                    .measure()
                    .recordsPerSecond();
          }
          ratios.add(rates[1] / rates[0]);
          print("%s without=%.0f with=%.0f", workload, rates[0], rates[1]);
        }
        print("%s median_ratio=%.3f", workload, ratios.stream().sorted().toList().get(rounds / 2));
      }
    }
    return 0;
  }

  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
