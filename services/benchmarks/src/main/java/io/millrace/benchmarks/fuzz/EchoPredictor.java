package io.millrace.benchmarks.fuzz;

import io.millrace.checkpoints.CheckpointWriter;
import io.millrace.checkpoints.Snapshot;
import io.millrace.checkpoints.manifest.Provenance;
import io.millrace.checkpoints.manifest.StoredCounts;
import io.millrace.checkpoints.manifest.StreamPosition;
import io.millrace.checkpoints.manifest.Summary;
import io.millrace.learning.state.State;
import io.millrace.predictor.PredictorService;
import io.millrace.predictor.PredictorSettings;
import io.millrace.quickstart.EchoModel;
import io.millrace.quickstart.EmbeddedBroker;
import io.millrace.runtime.kafka.ClientProperties;
import io.millrace.runtime.lifecycle.Health;
import io.millrace.runtime.management.Metrics;
import io.millrace.settings.Section;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/** A predictor of {@link EchoModel} in this process, so that its log and heap can be observed. */
final class EchoPredictor implements AutoCloseable {
  static final int MAX_ROWS = 4;
  private static final int VERSIONS = 2;
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
                MAX_ROWS,
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
      for (int version = 1; version <= VERSIONS; version++) {
        writer.write(snapshot(version), List.of());
      }
    }
  }

  /** Its sum is more by its version. */
  private static Snapshot snapshot(int version) {
    State weights = new State();
    weights.put("parameters", EchoModel.parameters(version));
    weights.put("non_trainable", new float[0]);
    Summary summary =
        new Summary(
            Instant.EPOCH,
            new StreamPosition("echoes", Map.of(0, 12L)),
            new StoredCounts(15, 3, 1, 0, 2, 1),
            "TRAINING",
            0.001,
            Map.of("val_loss", 0.5),
            Provenance.ofThisProcess("0.1", "host", 1, "00".repeat(32)),
            "0123456789abcdef".repeat(4),
            Optional.empty(),
            List.of());
    return new Snapshot(EchoModel.DEFINITION, weights, new State(), summary);
  }

  private void awaitVersions() {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (metrics.registry().get("millrace.serving.version").gauge().value() < VERSIONS) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("the versions are not served");
      }
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
    LockSupport.parkNanos(Duration.ofMillis(200).toNanos()); // the retained version follows later
  }
}
