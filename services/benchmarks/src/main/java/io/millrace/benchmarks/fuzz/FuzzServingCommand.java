package io.millrace.benchmarks.fuzz;

import io.vertx.core.Vertx;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Sends a predictor what no client should send, and looks at answers, log and heap. */
@Command(
    name = "fuzz-serving",
    description = {
      "Sends right, wrong, damaged and meaningless requests to a predictor over gRPC, streams and",
      "REST, and holds every answer against the protocol's rules. Exit code 1 where an answer is",
      "wrong or missing, anything is logged as a warning or an error, or memory is not flat."
    },
    mixinStandardHelpOptions = true)
public final class FuzzServingCommand implements Callable<Integer> {
  private static final double MEBIBYTE = 1 << 20;

  /** The heap after a collection may end this much above where it was after a tenth. */
  private static final double ALLOWED_GROWTH_MEBIBYTES = 8;

  @Option(names = "--requests", description = "how many requests (default: ${DEFAULT-VALUE})")
  private int requests = 1_000_000;

  @Option(names = "--seed", description = "of the requests (default: ${DEFAULT-VALUE})")
  private long seed = 1;

  private final List<Double> heap = new ArrayList<>();

  @Override
  public Integer call() throws InterruptedException {
    Vertx vertx = Vertx.vertx();
    try (EchoPredictor predictor = new EchoPredictor()) {
      LogWatch log = LogWatch.begin();
      long start = System.nanoTime();
      Findings findings = new FuzzRun(vertx, predictor.port(), requests, seed, this::measure).run();
      double seconds = (System.nanoTime() - start) / 1e9;
      predictor.failures().forEach(ended -> System.out.println("ended: " + ended));
      report(findings, log, predictor.unforeseen(), seconds);
      boolean well =
          findings.problemCount() == 0
              && log.count() == 0
              && predictor.failures().isEmpty()
              && predictor.unforeseen() == 0
              && growth() <= ALLOWED_GROWTH_MEBIBYTES;
      return well ? 0 : 1;
    } finally {
      vertx.close().await();
    }
  }

  private void measure(int answered) {
    if (answered % Math.max(1, requests / 10) == 0) {
      System.gc();
      heap.add(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MEBIBYTE);
    }
  }

  private double growth() {
    return heap.get(heap.size() - 1) - heap.get(0);
  }

  private void report(Findings findings, LogWatch log, long unforeseen, double seconds) {
    log.shown().forEach(event -> System.out.println("logged: " + event));
    findings.answers().forEach((how, count) -> System.out.println(how + "=" + count));
    double direct =
        ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum()
            / MEBIBYTE;
    System.out.println(
        String.format(
            Locale.ROOT,
            "fuzz-serving: requests=%d seed=%d seconds=%.1f wrong_or_missing=%d unforeseen=%d logged=%d"
                + " longest_held_over_limit_seconds=%.1f"
                + " heap_mib_after_a_tenth=%.1f heap_mib_at_the_end=%.1f direct_mib=%.1f",
            requests,
            seed,
            seconds,
            findings.problemCount(),
            unforeseen,
            log.count(),
            findings.longestHeld().toMillis() / 1e3,
            heap.get(0),
            heap.get(heap.size() - 1),
            direct));
  }
}
