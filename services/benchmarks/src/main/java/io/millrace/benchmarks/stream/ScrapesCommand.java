package io.millrace.benchmarks.stream;

import io.millrace.quickstart.EmbeddedBroker;
import io.millrace.runtime.http.HttpService;
import io.millrace.runtime.lifecycle.Health;
import io.millrace.runtime.management.ManagementRoutes;
import io.millrace.runtime.management.Metrics;
import io.millrace.settings.Section;
import io.millrace.trainer.TrainerService;
import io.millrace.trainer.TrainerSettings;
import io.millrace.trainer.decoding.RecordFormat;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures what scrapes of its metrics cost a trainer. */
@Command(
    name = "scrapes",
    description = {
      "Trains from a topic of an embedded broker, in turns of a second with a scrape and without one,",
      "and prints the records a second of both and their ratio: the median over the pairs of turns."
    },
    mixinStandardHelpOptions = true)
public final class ScrapesCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final long TURN_NANOS = Duration.ofSeconds(1).toNanos();

  private final HttpClient http = HttpClient.newHttpClient();
  private final List<Double> ratios = new ArrayList<>();
  private double with;
  private double without;
  private int answerBytes;

  @Option(names = "--runs", description = "Trainings; default: ${DEFAULT-VALUE}.")
  private int runs = 4;

  @Option(names = "--records", description = "Records of each; default: ${DEFAULT-VALUE}.")
  private int records = 1_600_000;

  @Override
  public Integer call() throws ExecutionException, InterruptedException, IOException {
    try (EmbeddedBroker broker = EmbeddedBroker.started()) {
      RecordsProducer producer = new RecordsProducer(broker.bootstrapServers());
      Workload small = Workload.small(32, RecordFormat.PROTOBUF);
      Workload workload =
          new Workload(
              small.widths(), small.batchSize(), small.format(), records, small.evaluateEvery());
      producer.fill(workload);
      for (int run = 0; run < runs; run++) {
        measure(workload, "scraped-" + run, broker.bootstrapServers());
      }
    }
    List<Double> sorted = ratios.stream().sorted().toList();
    System.out.printf(
        Locale.ROOT,
        "pairs=%d unscraped=%.0f/s scraped=%.0f/s ratio=%.3f (quartiles %.3f to %.3f) answer=%d B%n",
        sorted.size(),
        without / sorted.size(),
        with / sorted.size(),
        sorted.get(sorted.size() / 2),
        sorted.get(sorted.size() / 4),
        sorted.get(sorted.size() * 3 / 4),
        answerBytes);
    return 0;
  }

  private void measure(Workload workload, String model, String bootstrapServers)
      throws InterruptedException, IOException {
    Map<String, Object> document = new TreeMap<>(workload.document(bootstrapServers));
    document.put("model", model);
    document.put("management", Map.of("port", 0));
    Health health = new Health();
    try (Metrics metrics = new Metrics(model)) {
      TrainerService trainer =
          new TrainerService(
              TrainerSettings.read(Section.root(document)),
              health,
              metrics,
              ScrapesCommand::failed);
      HttpService management = trainer.management(new ManagementRoutes(health, metrics));
      management.start();
      trainer.start();
      await(trainer, workload.records() / 4);
      while (records(trainer) < workload.records() * 2L / 3) {
        double quiet = turn(trainer, null);
        double scraped = turn(trainer, uri(management));
        without += quiet;
        with += scraped;
        ratios.add(scraped / quiet);
      }
      trainer.stop(PATIENCE);
      management.stop(PATIENCE);
    }
  }

  /** Returns the records a second of a turn, from one measurement of the trainer to another. */
  private double turn(TrainerService trainer, @Nullable URI metrics)
      throws InterruptedException, IOException {
    long before = await(trainer, records(trainer) + 1);
    long begin = System.nanoTime();
    if (metrics != null) {
      HttpRequest request = HttpRequest.newBuilder(metrics).build();
      answerBytes = http.send(request, BodyHandlers.ofByteArray()).body().length;
    }
    Thread.sleep(Math.max(0, (begin + TURN_NANOS - System.nanoTime()) / 1_000_000));
    long after = await(trainer, records(trainer) + 1);
    return (after - before) * 1e9 / (System.nanoTime() - begin);
  }

  /** Waits for so many records and returns how many there are. */
  private static long await(TrainerService trainer, long records) throws InterruptedException {
    long limit = System.nanoTime() + PATIENCE.toNanos();
    while (records(trainer) < records) {
      if (System.nanoTime() > limit) {
        throw new IllegalStateException("no more records");
      }
      Thread.sleep(2);
    }
    return records(trainer);
  }

  private static long records(TrainerService trainer) {
    return trainer.progress().learning().counts().records();
  }

  private static URI uri(HttpService management) {
    return URI.create("http://127.0.0.1:%d/metrics".formatted(management.port()));
  }

  private static void failed(String name, Throwable failure) {
    throw new IllegalStateException(name, failure);
  }
}
