package io.millrace.benchmarks.fuzz;

import io.netty.util.ResourceLeakDetector;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Sends invalid requests to a predictor, and checks answers, log, threads and memory. */
@Command(
    name = "fuzz-serving",
    description = {
      "Sends right, wrong, damaged and meaningless requests to a predictor over gRPC, streams and",
      "REST, and holds every answer against the protocol's rules. Exit code 1 where an answer is",
      "wrong or missing, anything is logged as a warning or an error, a thread ends, a buffer is",
      "lost, or memory is not flat. Each finding names its request, which --only sends alone."
    },
    mixinStandardHelpOptions = true)
public final class FuzzServingCommand implements Callable<Integer> {
  @Option(names = "--requests", description = "how many requests (default: ${DEFAULT-VALUE})")
  private int requests = 1_000_000;

  @Option(names = "--seed", description = "of the requests (default: ${DEFAULT-VALUE})")
  private long seed = 1;

  @Option(
      names = "--only",
      paramLabel = "NUMBER",
      description = "sends the request of this number alone, --requests times")
  private int only = -1;

  @Override
  public Integer call() throws InterruptedException {
    Vertx vertx = Vertx.vertx();
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.ADVANCED); // Vert.x turns it off
    try (EchoPredictor predictor = new EchoPredictor()) {
      LogWatch log = LogWatch.begin();
      Resources resources = Resources.begin();
      Instant start = Instant.now();
      FuzzRun run =
          new FuzzRun(
              vertx,
              predictor.port(),
              requests,
              number -> new RequestMutator(seed, only < 0 ? number : only),
              answered -> measure(resources, answered));
      Findings findings = run.run();
      resources.measure();
      List<String> others = new ArrayList<>(resources.problems());
      predictor.failures().forEach(ended -> others.add("ended: " + ended));
      log.shown().forEach(event -> others.add("logged: " + event));
      report(findings, others, Duration.between(start, Instant.now()));
      System.out.println(
          "unforeseen=" + predictor.unforeseen() + " logged=" + log.count() + " " + resources);
      boolean well =
          findings.problemCount() == 0 && others.isEmpty() && predictor.unforeseen() == 0;
      return well ? 0 : 1;
    } finally {
      vertx.close().await();
    }
  }

  private static void measure(Resources resources, int answered) {
    resources.measure();
    System.out.println("after " + answered + ": " + resources);
  }

  private void report(Findings findings, List<String> others, Duration took) {
    others.forEach(other -> System.out.println("problem: " + other));
    findings.answers().forEach((how, count) -> System.out.println(how + "=" + count));
    System.out.println("slowest, in seconds: " + findings.slowest());
    System.out.println(
        String.format(
            Locale.ROOT,
            "fuzz-serving: requests=%d seed=%d seconds=%.1f wrong_or_missing=%d"
                + " longest_held_over_limit_seconds=%.1f",
            requests,
            seed,
            took.toMillis() / 1e3,
            findings.problemCount(),
            findings.longestHeld().toMillis() / 1e3));
  }
}
