package io.millrace.benchmarks.serving;

import io.millrace.quickstart.FreePort;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Compares the answers of several rivals with those of one network. */
@Command(
    name = "rivals",
    description = {
      "Latency of one request at a time for 10-64-64-3: of one network, and of rivals of this size",
      "that answer together. Two predictors are measured in turn."
    },
    mixinStandardHelpOptions = true)
public final class RivalsCommand implements Callable<Integer> {
  private static final List<Integer> WIDTHS = List.of(10, 64, 64, 3);

  @Option(
      names = "--rivals",
      paramLabel = "N",
      defaultValue = "8",
      description = "how many rivals answer together (default: ${DEFAULT-VALUE})")
  private int rivals;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "9",
      description = "measured rounds of each predictor (default: ${DEFAULT-VALUE})")
  private int rounds;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "2",
      description = "length of a measurement (default: ${DEFAULT-VALUE})")
  private double seconds;

  @Override
  public Integer call() throws IOException, InterruptedException {
    try (PublishedModel one =
            new PublishedModel(new ServedNetwork(WIDTHS, "standard", 1), Map.of());
        PublishedModel several =
            new PublishedModel(new ServedNetwork(WIDTHS, "standard", rivals), Map.of());
        Contender alone = new Contender(one);
        Contender together = new Contender(several)) {
      alone.warmUp();
      together.warmUp();
      for (int round = 0; round < rounds; round++) {
        alone.measure(seconds);
        together.measure(seconds);
      }
      System.out.println("networks=1 " + alone.figures());
      System.out.println("networks=" + rivals + " " + together.figures());
      System.out.printf(
          Locale.ROOT,
          "ratio p50=%.2f p99=%.2f%n",
          median(together.p50) / median(alone.p50),
          median(together.p99) / median(alone.p99));
    }
    return 0;
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
  }

  /** A predictor and the latencies of each round, in microseconds. */
  private static final class Contender implements AutoCloseable {
    private static final double WARM_UP_SECONDS = 6;

    private final ServerProcess process;
    private final Load.Target target;
    private final List<Double> p50 = new ArrayList<>();
    private final List<Double> p99 = new ArrayList<>();

    Contender(PublishedModel model) throws IOException, InterruptedException {
      int port = FreePort.find();
      process = model.predictor(port);
      target = model.target(port, 1);
    }

    void warmUp() throws IOException, InterruptedException {
      measure(WARM_UP_SECONDS);
      p50.clear();
      p99.clear();
    }

    void measure(double seconds) throws IOException, InterruptedException {
      try (Load load = new Load(target, 1)) {
        Measured measured = load.closed(1, seconds);
        if (measured.failed() + measured.refused() > 0) {
          throw new IllegalStateException("calls were not answered");
        }
        p50.add(measured.answeredMicros(50));
        p99.add(measured.answeredMicros(99));
      }
    }

    String figures() {
      return String.format(Locale.ROOT, "p50_us=%.0f p99_us=%.0f", median(p50), median(p99));
    }

    @Override
    public void close() {
      process.close();
    }
  }
}
