package io.millrace.served;

import io.millrace.checkpoints.CheckpointSettings;
import io.millrace.checkpoints.CheckpointWriter;
import io.millrace.checkpoints.Snapshot;
import io.millrace.predictor.PredictorService;
import io.millrace.predictor.PredictorSettings;
import io.millrace.quickstart.EmbeddedBroker;
import io.millrace.runtime.kafka.ClientProperties;
import io.millrace.runtime.lifecycle.Health;
import io.millrace.runtime.management.Metrics;
import io.millrace.settings.Section;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** Predictors of one model on a broker of their own. */
public final class RunningPredictor implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final EmbeddedBroker broker = EmbeddedBroker.started();
  private final String model;
  private final List<Snapshot> versions;
  private final List<Instance> instances = new ArrayList<>();

  /** Starts one instance and returns when it serves the last of these versions. */
  public RunningPredictor(String model, List<Snapshot> versions) throws InterruptedException {
    this.model = model;
    this.versions = List.copyOf(versions);
    publish(start().settings);
    instances.get(0).awaitVersion(versions.size());
  }

  /** Returns the port of the first instance. */
  public int port() {
    return instances.get(0).service.port();
  }

  /** Starts another instance, waits until it serves the last version and returns its port. */
  public int startAnother() throws InterruptedException {
    Instance another = start();
    another.awaitVersion(versions.size());
    return another.service.port();
  }

  /** Stops the first instance as a process does that is told to; returns whether it was in time. */
  public boolean stopFirst() throws InterruptedException {
    return instances.remove(0).stop();
  }

  @Override
  public void close() throws InterruptedException {
    for (Instance instance : instances) {
      instance.stop();
    }
    broker.close();
  }

  private Instance start() throws InterruptedException {
    Instance instance = new Instance(PredictorSettings.read(Section.root(document())));
    instance.service.start();
    instances.add(instance);
    return instance;
  }

  private Map<String, Object> document() {
    return Map.of(
        "model", model,
        "kafka", Map.of("bootstrap_servers", broker.bootstrapServers()),
        "serving", Map.of("port", 0, "max_batch", 4));
  }

  private void publish(PredictorSettings settings) {
    ClientProperties clients = new ClientProperties(settings.kafka());
    CheckpointSettings checkpoints = settings.checkpoints();
    try (CheckpointWriter writer =
        CheckpointWriter.open(
            clients.producer("foreign"), clients.consumer("foreign"), checkpoints, model)) {
      versions.forEach(version -> writer.write(version, List.of()));
    }
  }

  /** A predictor service, with what a process has beside it. */
  private static final class Instance {
    private final PredictorSettings settings;
    private final Health health = new Health();
    private final Metrics metrics = new Metrics();
    private final PredictorService service;

    Instance(PredictorSettings settings) {
      this.settings = settings;
      this.service =
          new PredictorService(
              settings,
              health,
              metrics,
              (name, failure) -> {
                throw new AssertionError(name, failure);
              });
    }

    void awaitVersion(int version) {
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (!serves(version) && System.nanoTime() < end) {
        LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
      }
      if (!serves(version)) {
        throw new AssertionError("version %d is not served after %s".formatted(version, PATIENCE));
      }
    }

    boolean stop() throws InterruptedException {
      boolean stopped = service.stop(PATIENCE);
      metrics.close();
      return stopped;
    }

    private boolean serves(int version) {
      return health.reasonsAgainstReadiness().isEmpty()
          && metrics.registry().get("millrace.serving.version").gauge().value() == version;
    }
  }
}
