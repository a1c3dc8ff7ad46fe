package io.millrace.predictor.inference;

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
 * What answering shows, by model and, where asked for, by version. Safe for any thread.
 *
 * <p>A version a second would be a time series a second: of versions, the {@value #MOST_VERSIONS}
 * newest that were asked are shown.
 */
public final class AnsweringMetrics {
  private static final int MOST_VERSIONS = 32;
  private static final String MODEL = "model";

  private final MeterRegistry registry;
  private final boolean byVersion;

  /** By model's name, or by version. */
  private final Map<Object, ModelMetrics> shown = new ConcurrentHashMap<>();

  private final Deque<Object> versions = new ArrayDeque<>();
  private final ModelMetrics ofNoModel;
  private final UnforeseenFailures failures;

  /**
   * @param byVersion whether a version's metrics are apart from those of others
   */
  public AnsweringMetrics(MeterRegistry registry, InferenceQueue queue, boolean byVersion) {
    this.registry = registry;
    this.failures = new UnforeseenFailures(registry);
    this.byVersion = byVersion;
    this.ofNoModel = new ModelMetrics(registry, tags("", ""));
    Gauge.builder("millrace.inference.waiting.rows", queue, InferenceQueue::waitingRows)
        .description("Rows of requests that wait for the inference thread.")
        .register(registry);
  }

  /** Returns what counts requests that failed unforeseen. */
  public UnforeseenFailures failures() {
    return failures;
  }

  /** Returns those of a model; where it is null, those of requests to none. */
  public ModelMetrics of(@Nullable ServedModel model) {
    if (model == null) {
      return ofNoModel;
    }
    Object key = byVersion ? model : model.name();
    ModelMetrics known = shown.get(key);
    return known == null ? show(key, model.name(), model.version()) : known;
  }

  /** Returns those of requests to a model that is to be served, and to no version of it. */
  ModelMetrics ofNoVersion(String model) {
    ModelMetrics known = shown.get(model);
    return known == null ? show(model, model, "") : known;
  }

  /** Counts a request for which no model was found. */
  public void ended(GrpcStatus status) {
    ofNoModel.ended(status);
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
