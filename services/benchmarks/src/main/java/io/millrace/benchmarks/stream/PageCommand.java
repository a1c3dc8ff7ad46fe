package io.millrace.benchmarks.stream;

import io.millrace.quickstart.EmbeddedBroker;
import io.millrace.runtime.management.Metrics;
import io.millrace.trainer.decoding.RecordFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures what an open page costs a trainer. */
@Command(
    name = "page",
    description = {
      "Trains from a topic of an embedded broker in turns: with nobody at its management port, and with",
      "a page that is open there, its stream and looks into the model included. Prints the records a",
      "second of each round, and the median of the rounds' ratios."
    },
    mixinStandardHelpOptions = true)
public final class PageCommand implements Callable<Integer> {
  private static final Map<String, Object> ANY_PORT = Map.of("management", Map.of("port", 0));

  @Option(names = "--rounds", description = "Rounds (${DEFAULT-VALUE}).")
  private int rounds = 7;

  @Override
  public Integer call() throws ExecutionException, InterruptedException {
    Workload workload = Workload.small(32, RecordFormat.PROTOBUF);
    List<Double> ratios = new ArrayList<>();
    try (EmbeddedBroker broker = EmbeddedBroker.started()) {
      new RecordsProducer(broker.bootstrapServers()).fill(workload);
      for (int round = 0; round < rounds; round++) {
        double[] rates = new double[2];
        for (int turn = 0; turn < 2; turn++) {
          int side = (round + turn) % 2; // neither is always the first
          rates[side] = rate(workload, "-" + round + "-" + side, broker, side == 1);
        }
        ratios.add(rates[1] / rates[0]);
        print("%s without=%.0f with=%.0f", workload, rates[0], rates[1]);
      }
    }
    print("%s median_ratio=%.3f", workload, ratios.stream().sorted().toList().get(rounds / 2));
    return 0;
  }

  private static double rate(
      Workload workload, String suffix, EmbeddedBroker broker, boolean isOpen)
      throws InterruptedException {
    try (Metrics metrics = new Metrics()) {
      TrainingRun.Setting setting = new TrainingRun.Setting(suffix, ANY_PORT);
      TrainingRun run = new TrainingRun(workload, setting, broker.bootstrapServers(), metrics);
      return (isOpen ? run.measureWithPage() : run.measure()).recordsPerSecond();
    }
  }

  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
