package io.millrace.benchmarks.serving;

import io.millrace.quickstart.FreePort;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures what clients notice when a model is replaced once a second. */
@Command(
    name = "swaps",
    description = {
      "Asks at half of the greatest rate, in turn with and without a new version of 64-128-128-3",
      "every second, and compares the latencies; watches versions, failures and memory. Without",
      "them, as much is published where no predictor reads, so that load and broker fare alike."
    },
    mixinStandardHelpOptions = true)
public final class SwapsCommand implements Callable<Integer> {
  private static final ServedNetwork NETWORK = new ServedNetwork(List.of(64, 128, 128, 3));
  private static final int CONNECTIONS = 4;
  private static final int UNDER_WAY = 32;
  private static final double WARM_UP_SECONDS = 4;

  @Option(
      names = "--swaps",
      paramLabel = "N",
      defaultValue = "60",
      description = "new versions, one a second (default: ${DEFAULT-VALUE})")
  private int swaps;

  @Option(
      names = "--block",
      paramLabel = "N",
      defaultValue = "10",
      description = "seconds with and without, in turn (default: ${DEFAULT-VALUE})")
  private int block;

  private final Total calm = new Total();
  private final Total swapping = new Total();

  @Override
  public Integer call() throws IOException, InterruptedException {
    try (PublishedModel model = new PublishedModel(NETWORK, Map.of());
        PublishedModel unread = new PublishedModel(NETWORK, Map.of())) {
      int port = FreePort.find();
      Versions versions = new Versions(CONNECTIONS);
      try (ServerProcess predictor = model.predictor(port);
          Load load = new Load(model.target(port, 1), CONNECTIONS, versions)) {
        load.closed(UNDER_WAY, WARM_UP_SECONDS);
        double greatest = load.closed(UNDER_WAY, WARM_UP_SECONDS).perSecond();
        load.paced(greatest / 2, WARM_UP_SECONDS);
        run(load, model, unread, predictor, greatest / 2);
        report(greatest / 2, versions, model);
      }
    }
    return 0;
  }

  private void run(
      Load load, PublishedModel model, PublishedModel unread, ServerProcess predictor, double rate)
      throws IOException, InterruptedException {
    for (int done = 0; done < swaps; done += block) {
      calm.add(publishing(unread, load, rate), load.unsent());
      swapping.add(publishing(model, load, rate), load.unsent());
      System.out.printf(
          Locale.ROOT,
          "swaps=%d resident_mebibytes=%.0f%n",
          model.versions() - 1,
          predictor.residentMebibytes());
    }
  }

  private Measured publishing(PublishedModel model, Load load, double rate)
      throws IOException, InterruptedException {
    Thread publisher = new Thread(() -> publish(model), "publisher");
    publisher.start();
    Measured measured = load.paced(rate, block);
    publisher.join();
    return measured;
  }

  private void publish(PublishedModel model) {
    long start = System.nanoTime();
    for (int i = 0; i < block; i++) {
      model.publish();
      LockSupport.parkNanos(start + TimeUnit.SECONDS.toNanos(i + 1) - System.nanoTime());
    }
  }

  private void report(double rate, Versions versions, PublishedModel model) {
    System.out.printf(Locale.ROOT, "requests_per_second=%.0f connections=%d%n", rate, CONNECTIONS);
    System.out.println("without_swaps " + calm.text());
    System.out.println("with_swaps " + swapping.text());
    System.out.printf(
        Locale.ROOT,
        "p99_with/without=%.2f versions_went_back=%d newest_answered=%d newest_published=%d%n",
        swapping.measured.answeredMicros(99) / calm.measured.answeredMicros(99),
        versions.wentBack(),
        versions.highest(),
        model.versions());
  }

  private static final class Total {
    private final Measured measured = new Measured();
    private long unsent;

    void add(Measured part, long partUnsent) {
      measured.add(part);
      unsent += partUnsent;
    }

    String text() {
      return measured.latencies()
          + " answered=%d refused=%d failed=%d unsent=%d"
              .formatted(measured.answered(), measured.refused(), measured.failed(), unsent);
    }
  }
}
