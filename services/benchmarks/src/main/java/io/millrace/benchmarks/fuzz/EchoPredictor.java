package io.millrace.benchmarks.fuzz;

import io.millrace.checkpoints.CheckpointWriter;
import io.millrace.predictor.PredictorService;
import io.millrace.predictor.PredictorSettings;
import io.millrace.quickstart.EmbeddedBroker;
import io.millrace.runtime.kafka.ClientProperties;
import io.millrace.runtime.lifecycle.Health;
import io.millrace.runtime.management.Metrics;
import io.millrace.settings.Section;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/** A predictor of {@link EchoModel} in this process, so that its log and heap can be observed. */
final class EchoPredictor implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final EmbeddedBroker broker = EmbeddedBroker.started();
  private final Health health = new Health();
  private final Metrics metrics = new Metrics();
  private final List<String> failures = new CopyOnWriteArrayList<>();
  private final PredictorService predictor;

  EchoPredictor() throws InterruptedException {
    PredictorSettings settings = PredictorSettings.read(Section.root(document()));
    predictor =
        new PredictorService(
            settings, health, metrics, (name, failure) -> failures.add(name + ": " + failure));
    predictor.start();
    publish(settings);
    awaitVersions();
  }

  int port() {
    return predictor.port();
  }

  /** Returns the threads that ended with a failure. There should be none. */
  List<String> failures() {
    return List.copyOf(failures);
  }

  /** Returns how many requests failed unexpectedly. It should be zero. */
  long unforeseen() {
    return (long) metrics.registry().get("millrace.requests.failed").counter().count();
  }

  @Override
  public void close() throws InterruptedException {
    predictor.stop(PATIENCE);
    metrics.close();
    broker.close();
  }

  private Map<String, Object> document() {
    return Map.of(
        "model", EchoModel.NAME,
        "kafka", Map.of("bootstrap_servers", broker.bootstrapServers()),
        "serving",
            Map.of(
                "port",
                0,
                "max_connections",
                Crowd.MOST,
                "head_timeout",
                SlowSender.HEAD.toMillis() + "ms",
                "body_timeout",
                SlowSender.BODY.toMillis() + "ms",
                "idle_timeout",
                SlowSender.IDLE.toMillis() + "ms",
                "max_batch",
                EchoModel.MAX_ROWS,
                "max_message_bytes",
                RequestMutator.MAX_MESSAGE_BYTES));
  }

  private static void publish(PredictorSettings settings) {
    ClientProperties clients = new ClientProperties(settings.kafka());
    try (CheckpointWriter writer =
        CheckpointWriter.open(
            clients.producer("fuzz"),
            clients.consumer("fuzz"),
            settings.checkpoints(),
            EchoModel.NAME)) {
      for (int version = 1; version <= EchoModel.VERSIONS; version++) {
        writer.write(EchoModel.snapshot(version), List.of());
      }
    }
  }

  private void awaitVersions() {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (metrics.registry().get("millrace.serving.version").gauge().value()
        < EchoModel.VERSIONS) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("the versions are not served");
      }
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
    LockSupport.parkNanos(Duration.ofMillis(200).toNanos()); // the retained version follows later
  }
}
