package io.millrace.echo;

import io.millrace.checkpoints.CheckpointSettings;
import io.millrace.checkpoints.CheckpointWriter;
import io.millrace.checkpoints.Counts;
import io.millrace.checkpoints.DefinitionJson;
import io.millrace.checkpoints.Provenance;
import io.millrace.checkpoints.Snapshot;
import io.millrace.checkpoints.StreamPosition;
import io.millrace.checkpoints.Summary;
import io.millrace.learning.state.State;
import io.millrace.predictor.PredictorService;
import io.millrace.predictor.PredictorSettings;
import io.millrace.quickstart.EmbeddedBroker;
import io.millrace.runtime.kafka.ClientProperties;
import io.millrace.runtime.lifecycle.Health;
import io.millrace.runtime.management.Metrics;
import io.millrace.settings.Section;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * A predictor on a broker of its own with two versions of a model whose answers are easy to
 * foresee: inputs are {@code pair}, of the fields a and b, and {@code c}; output {@code choice}
 * gives back a and b for the classes no and yes, {@code sum} the sum of all three, one more in
 * version 2.
 */
public final class EchoPredictor implements AutoCloseable {
  private static final String MODEL = "echo";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final EmbeddedBroker broker = EmbeddedBroker.started();
  private final List<Instance> instances = new ArrayList<>();

  /** Starts one instance and returns when it serves version 2. */
  public EchoPredictor() throws InterruptedException {
    publish(start().settings);
    instances.get(0).awaitReadiness();
  }

  /** Returns the port of the first instance. */
  public int port() {
    return instances.get(0).service.port();
  }

  /** Starts another instance, waits until it serves version 2 and returns its port. */
  public int startAnother() throws InterruptedException {
    Instance another = start();
    another.awaitReadiness();
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
        "model", MODEL,
        "kafka", Map.of("bootstrap_servers", broker.bootstrapServers()),
        "serving", Map.of("port", 0, "max_batch", 4));
  }

  private static void publish(PredictorSettings settings) {
    ClientProperties clients = new ClientProperties(settings.kafka());
    CheckpointSettings checkpoints = settings.checkpoints();
    try (CheckpointWriter writer =
        CheckpointWriter.open(
            clients.producer("foreign"), clients.consumer("foreign"), checkpoints, MODEL)) {
      writer.write(snapshot(0), List.of());
      writer.write(snapshot(1), List.of());
    }
  }

  private static Snapshot snapshot(float bias) {
    State weights = new State();
    weights.put("parameters", new float[] {1, 0, 0, 1, 0, 0, 1, 1, 1, bias});
    weights.put("non_trainable", new float[0]);
    Summary summary =
        new Summary(
            Instant.parse("2026-11-21T10:00:00Z"),
            new StreamPosition("echoes", Map.of(0, 12L, 1, 7L)),
            new Counts(15, 3, 1, 0, 2, 1),
            "TRAINING",
            0.001,
            Map.of("val_loss", 0.5),
            Provenance.ofThisProcess("0.1", "host", 1, "00".repeat(32)),
            "0123456789abcdef".repeat(4));
    return new Snapshot(definition(), weights, new State(), summary);
  }

  private static String definition() {
    Map<String, Object> inputs = new LinkedHashMap<>();
    inputs.put("pair", Map.of("fields", List.of("a", "b"), "scaling", "none"));
    inputs.put("c", Map.of("fields", List.of("c"), "scaling", "none"));
    Map<String, Object> outputs = new LinkedHashMap<>();
    outputs.put("choice", Map.of("classes", List.of("no", "yes")));
    outputs.put("sum", Map.of());
    List<Object> layers =
        List.of(
            Map.of("type", "dense", "name", "choice", "units", 2, "inputs", List.of("pair")),
            Map.of("type", "concatenate", "name", "all", "inputs", List.of("pair", "c")),
            Map.of("type", "dense", "name", "sum", "units", 1, "inputs", List.of("all")));
    return DefinitionJson.write(
        Map.of("inputs", inputs, "network", Map.of("layers", layers), "outputs", outputs));
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

    void awaitReadiness() {
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (!isReady() && System.nanoTime() < end) {
        LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
      }
    }

    boolean stop() throws InterruptedException {
      boolean stopped = service.stop(PATIENCE);
      metrics.close();
      return stopped;
    }

    private boolean isReady() {
      return health.reasonsAgainstReadiness().isEmpty()
          && metrics.registry().get("millrace.serving.version").gauge().value() == 2;
    }
  }
}
