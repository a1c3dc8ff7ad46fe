package io.millrace.predictor.inference;

import io.millrace.predictor.following.ServedModel;
import io.millrace.predictor.following.ServedModels;
import io.millrace.predictor.following.ServedVersions;
import io.millrace.predictor.requests.CallReader;
import io.millrace.predictor.requests.InferenceCall;
import io.millrace.predictor.requests.Reading;
import io.millrace.predictor.requests.Refusal;
import io.millrace.predictor.requests.Shortened;
import io.millrace.proto.inference.ModelInferRequest;
import io.millrace.runtime.lifecycle.Health;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The methods of the Open Inference Protocol [1], independent of the transport. Called on event
 * loops; no method blocks.
 *
 * <p>[1] Open Inference Protocol, version 2, kserve/open-inference-protocol.
 */
public final class OpenInference {
  private final ServedModels models;
  private final InferenceQueue queue;
  private final Health health;
  private final ModelCatalog catalog;
  private final Routing routing;
  private final CallReader reader;
  private final AnsweringMetrics metrics;

  /**
   * @param reader reads the requests to the version that routing has chosen
   */
  public OpenInference(
      ServedModels models,
      InferenceQueue queue,
      Health health,
      ModelCatalog catalog,
      Routing routing,
      CallReader reader,
      AnsweringMetrics metrics) {
    this.reader = reader;
    this.routing = routing;
    this.metrics = metrics;
    this.models = models;
    this.queue = queue;
    this.health = health;
    this.catalog = catalog;
  }

  public boolean isLive() {
    return health.failure().isEmpty();
  }

  public boolean isReady() {
    return health.reasonsAgainstReadiness().isEmpty();
  }

  /** Returns what is not ready, and why; empty if everything is ready. */
  public String reasonsAgainstReadiness() {
    return new TreeMap<>(health.reasonsAgainstReadiness())
        .entrySet().stream()
            .map(reason -> reason.getKey() + ": " + reason.getValue())
            .collect(Collectors.joining("; "));
  }

  /**
   * Returns why a known model, or a version of it, is not ready; empty if it is ready. The server
   * is ready only if all models are, so a reason against the champion is also one against the
   * server.
   */
  public String reasonAgainst(String name, String version) {
    if (find(name, version) == null) {
      return missing(name, version).message();
    }
    String reason =
        version.isEmpty() || version.equals(ServedVersions.CHAMPION)
            ? health.reasonsAgainstReadiness().get("model " + name)
            : null;
    return reason == null ? "" : "model '%s': %s".formatted(name, reason);
  }

  public ModelCatalog catalog() {
    return catalog;
  }

  /** Returns the names of all models, including those without a version yet. */
  public Set<String> names() {
    return models.names();
  }

  public boolean isKnown(String model) {
    return models.of(model) != null;
  }

  /**
   * Returns the requested version of a model; null if there is none, and {@link #missing} tells
   * why.
   */
  public @Nullable ServedModel find(String name, String version) {
    ServedVersions versions = models.of(name);
    return versions == null ? null : versions.version(version);
  }

  /**
   * Returns whether a request names an unknown model, or a version that the model does not have.
   */
  public boolean isMissing(String name, String version) {
    return !name.isEmpty() && (version.isEmpty() ? !isKnown(name) : find(name, version) == null);
  }

  /** Returns why {@link #find} found no version. */
  public Refusal missing(String name, String version) {
    ServedVersions versions = models.of(name);
    if (versions == null) {
      return Refusal.notFound(
          "model '%s' is unknown; this server has %s"
              .formatted(Shortened.of(name), models.names()));
    }
    if (versions.champion() == null) {
      return Refusal.unavailable("model '%s' has %s".formatted(name, versions.absence()));
    }
    if (version.equals(ServedVersions.CHALLENGER)) {
      return Refusal.notFound("model '%s' has no version newer than its champion".formatted(name));
    }
    String others =
        versions.newestFirst().map(ServedModel::version).collect(Collectors.joining(", "));
    return Refusal.notFound(
        "model '%s' has no version '%s'; retained are %s"
            .formatted(name, Shortened.of(version), others));
  }

  /**
   * Queues a request for the inference thread, or refuses it at once.
   *
   * @param timeoutNanos how long the caller waits, or {@link PendingCall#NO_DEADLINE}
   */
  public void infer(ModelInferRequest request, long timeoutNanos, Caller caller) {
    ServedModel model = routing.choose(request);
    if (model == null) {
      if (isKnown(request.getModelName())) {
        caller.asks(metrics.ofNoVersion(request.getModelName()));
      }
      caller.refuse(missing(request.getModelName(), request.getModelVersion()));
      return;
    }
    caller.asks(metrics.of(model));
    Reading reading = reader.read(model, request);
    if (reading instanceof InferenceCall call) {
      if (!call.model().begin()) {
        infer(request, timeoutNanos, caller); // retired; another version is served by now
        return;
      }
      long timeout = Math.min(timeoutNanos, call.scheduling().timeoutNanos());
      enqueue(new PendingCall(call, caller, System.nanoTime(), timeout));
      routing.shadow(request, model, caller);
    } else if (reading instanceof Refusal refusal) {
      model.statistics().failed(0);
      caller.refuse(refusal);
    }
  }

  private void enqueue(PendingCall pending) {
    if (!queue.offer(pending)) {
      metrics.refusedByQueue();
      pending.refuse(
          Refusal.exhausted("more rows wait than serving.queue_capacity allows; try again later"));
      pending.reply(AnswerListener.NONE);
    }
  }
}
