package io.millrace.predictor.inference;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.millrace.predictor.following.ServedModel;
import io.millrace.runtime.management.UnforeseenFailures;
import io.vertx.grpc.common.GrpcStatus;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of requests, by model and optionally by version. Safe for any thread.
 *
 * <p>A new version every second would add a time series every second. So only the {@value
 * #MOST_VERSIONS} versions added last have metrics.
 */
public final class AnsweringMetrics {
  private static final int MOST_VERSIONS = 32;
  private static final String MODEL = "model";

  private final MeterRegistry registry;
  private final InferenceQueue queue;
  private final boolean byVersion;

  /** By model name, or by version. */
  private final Map<Object, ModelMetrics> shown = new ConcurrentHashMap<>();

  private final Deque<Object> versions = new ArrayDeque<>();
  private final ModelMetrics ofNoModel;
  private final UnforeseenFailures failures;
  private final Counter full;

  /**
   * @param byVersion whether each version has its own metrics
   */
  public AnsweringMetrics(MeterRegistry registry, InferenceQueue queue, boolean byVersion) {
    this.registry = registry;
    this.queue = queue;
    this.failures = new UnforeseenFailures(registry);
    this.byVersion = byVersion;
    this.ofNoModel = new ModelMetrics(registry, tags("", ""));
    this.full =
        Counter.builder("millrace.inference.queue.refused")
            .description("Requests refused because the queue was full.")
            .register(registry);
    Gauge.builder("millrace.inference.queue.rows", queue, InferenceQueue::waitingRows)
        .description("Rows of requests that wait for the inference thread.")
        .register(registry);
    Gauge.builder("millrace.inference.queue.capacity.rows", queue, InferenceQueue::capacityRows)
        .description("Rows that may wait before requests are refused.")
        .register(registry);
  }

  /** Returns the counter of unforeseen failures. */
  public UnforeseenFailures failures() {
    return failures;
  }

  /** Returns the metrics of a model; for null, those of requests that name no known model. */
  public ModelMetrics of(@Nullable ServedModel model) {
    if (model == null) {
      return ofNoModel;
    }
    Object key = byVersion ? model : model.name();
    ModelMetrics known = shown.get(key);
    return known == null ? show(key, model.name(), model.version()) : known;
  }

  /** Returns the metrics of requests to a known model that reach none of its versions. */
  ModelMetrics ofNoVersion(String model) {
    ModelMetrics known = shown.get(model);
    return known == null ? show(model, model, "") : known;
  }

  /** Counts a request for which no model was found. */
  public void ended(GrpcStatus status) {
    ofNoModel.ended(status);
  }

  /** Counts a request that found the queue full. */
  void refusedByQueue() {
    full.increment();
  }

  /** Returns what the requests of all models shown come to. */
  public RequestTotals totals() {
    RequestTotals totals = new RequestTotals();
    ofNoModel.addTo(totals);
    shown.values().forEach(model -> model.addTo(totals));
    return totals;
  }

  /** Returns how many rows wait for the inference thread. */
  public int waitingRows() {
    return queue.waitingRows();
  }

  private synchronized ModelMetrics show(Object key, String model, String version) {
    ModelMetrics known = shown.get(key);
    if (known != null) {
      return known;
    }
    if (key instanceof ServedModel) {
      forgetTheOldest();
      versions.add(key);
    }
    ModelMetrics made = new ModelMetrics(registry, tags(model, version));
    shown.put(key, made);
    return made;
  }

  private void forgetTheOldest() {
    ModelMetrics oldest = versions.size() < MOST_VERSIONS ? null : shown.remove(versions.remove());
    if (oldest != null) {
      oldest.remove();
    }
  }

  private Tags tags(String model, String version) {
    return byVersion ? Tags.of(MODEL, model, "version", version) : Tags.of(MODEL, model);
  }
}
