package io.millrace.benchmarks.serving;

import io.millrace.quickstart.FreePort;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures what happens to requests beyond the predictor's capacity. */
@Command(
    name = "overload",
    description = {
      "Asks a predictor of a network that takes long at its capacity and then at three times that;",
      "prints how the accepted and the refused fare, the memory, and how soon it is over."
    },
    mixinStandardHelpOptions = true)
public final class OverloadCommand implements Callable<Integer> {
  private static final int CONNECTIONS = 8;
  private static final int ROWS = 8;
  private static final double WARM_UP_SECONDS = 5;
  private static final double CALM_SECONDS = 10;
  private static final double RECOVERY_SECONDS = 1;

  @Option(
      names = "--widths",
      split = ",",
      paramLabel = "N",
      defaultValue = "64,1024,1024,1024,3",
      description = "of the layers (default: ${DEFAULT-VALUE})")
  private List<Integer> widths = List.of();

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "60",
      description = "of overload (default: ${DEFAULT-VALUE})")
  private double seconds;

  @Option(
      names = "--queue",
      paramLabel = "ROWS",
      defaultValue = "128",
      description = "the predictor's serving.queue_capacity (default: ${DEFAULT-VALUE})")
  private int queue;

  @Override
  public Integer call() throws IOException, InterruptedException {
    ServedNetwork network = new ServedNetwork(widths);
    try (PublishedModel model =
        new PublishedModel(network, Map.of("queue_capacity", queue, "max_batch", queue))) {
      int port = FreePort.find();
      try (ServerProcess predictor = model.predictor(port);
          Load load = new Load(model.target(port, ROWS), CONNECTIONS)) {
        int underWay = Math.max(1, queue / ROWS / CONNECTIONS); // the most without refusals
        load.closed(underWay, WARM_UP_SECONDS);
        Measured full = load.closed(underWay, CALM_SECONDS);
        System.out.println("capacity " + text(full, 0));
        measure(load, predictor, full);
      }
    }
    return 0;
  }

  private void measure(Load load, ServerProcess predictor, Measured full) throws IOException {
    double capacity = full.perSecond();
    load.paced(3 * capacity, WARM_UP_SECONDS);
    double before = predictor.residentMebibytes();
    Measured over = load.paced(3 * capacity, seconds);
    System.out.println("overload " + text(over, load.unsent()));
    System.out.printf(
        Locale.ROOT,
        "refused_p50_us=%.0f refused_p99_us=%.0f accepted_p99_over/capacity=%.2f"
            + " resident_mebibytes=%.0f..%.0f%n",
        over.refusedMicros(50),
        over.refusedMicros(99),
        over.answeredMicros(99) / full.answeredMicros(99),
        before,
        predictor.residentMebibytes());
    Measured after = load.paced(capacity / 2, RECOVERY_SECONDS);
    System.out.println("first_second_after " + text(after, load.unsent()));
  }

  private static String text(Measured measured, long unsent) {
    return String.format(
        Locale.ROOT,
        "answered_per_second=%.0f %s refused=%d failed=%d unsent=%d",
        measured.perSecond(),
        measured.latencies(),
        measured.refused(),
        measured.failed(),
        unsent);
  }
}
