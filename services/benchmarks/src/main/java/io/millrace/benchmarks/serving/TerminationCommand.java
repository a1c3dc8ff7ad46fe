package io.millrace.benchmarks.serving;

import io.millrace.client.Address;
import io.millrace.client.ClientOptions;
import io.millrace.client.Prediction;
import io.millrace.client.PredictionRequest;
import io.millrace.client.PredictorClient;
import io.millrace.quickstart.FreePort;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Counts the calls that fail while predictors are terminated. */
@Command(
    name = "termination",
    description = {
      "Two predictors take turns: under load by the Java client, the one in use gets SIGTERM and is",
      "started again when it has ended. Prints how many calls were answered and how many failed."
    },
    mixinStandardHelpOptions = true)
public final class TerminationCommand implements Callable<Integer> {
  private static final ServedNetwork NETWORK = new ServedNetwork(List.of(64, 128, 128, 3));
  private static final int UNDER_WAY = 64;
  private static final long BEFORE_MILLIS = 2000;

  @Option(
      names = "--terminations",
      paramLabel = "N",
      defaultValue = "5",
      description = "how many (default: ${DEFAULT-VALUE})")
  private int terminations;

  private final AtomicLong answered = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final Semaphore free = new Semaphore(UNDER_WAY);
  private volatile boolean done;

  @Override
  public Integer call() throws IOException, InterruptedException {
    int[] ports = {FreePort.find(), FreePort.find()};
    ClientOptions both =
        ClientOptions.of(new Address("127.0.0.1", ports[0]), new Address("127.0.0.1", ports[1]));
    try (PublishedModel model = new PublishedModel(NETWORK, Map.of());
        PredictorClient client = new PredictorClient(both)) {
      ServerProcess[] predictors = {model.predictor(ports[0]), model.predictor(ports[1])};
      Thread load = new Thread(() -> ask(client), "load");
      load.start();
      for (int i = 0; i < terminations; i++) {
        Thread.sleep(BEFORE_MILLIS);
        predictors[i % 2].terminate();
        int code = predictors[i % 2].awaitEnd();
        predictors[i % 2] = model.predictor(ports[i % 2]);
        report(i + 1, code);
      }
      done = true;
      load.join();
      free.acquire(UNDER_WAY);
      for (ServerProcess predictor : predictors) {
        predictor.close();
      }
    }
    return failed.get() == 0 ? 0 : 1;
  }

  private void report(int count, int exitCode) {
    System.out.printf(
        Locale.ROOT,
        "terminations=%d exit_code=%d answered=%d failed=%d%n",
        count,
        exitCode,
        answered.get(),
        failed.get());
  }

  private void ask(PredictorClient client) {
    PredictionRequest request =
        PredictionRequest.to(ServedNetwork.MODEL)
            .numbers("features", new float[NETWORK.widths().get(0)]);
    while (!done) {
      free.acquireUninterruptibly();
      CompletableFuture<Prediction> ignored = client.submit(request).whenComplete(this::ended);
    }
  }

  private void ended(@Nullable Prediction prediction, @Nullable Throwable failure) {
    if (failure == null) {
      answered.incrementAndGet();
    } else {
      failed.incrementAndGet();
      System.out.println("failed: " + failure);
    }
    free.release();
  }
}
