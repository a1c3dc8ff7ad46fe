package io.millrace.predictor.inference;

import io.millrace.predictor.following.ServedModel;
import io.millrace.predictor.following.ServedModels;
import io.millrace.predictor.following.ServedVersions;
import io.millrace.predictor.requests.InferenceCall;
import io.millrace.predictor.requests.Reading;
import io.millrace.predictor.requests.Refusal;
import io.millrace.predictor.requests.RequestReader;
import io.millrace.proto.inference.ModelInferRequest;
import io.millrace.runtime.LogKeys;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses the version that answers a request, and the shadow that is scored beside it. Safe for any
 * thread.
 */
public final class Routing {
  private static final Logger LOGGER = LoggerFactory.getLogger(Routing.class);

  private final AtomicBoolean isGoneTold = new AtomicBoolean();
  private final ServedModels models;
  private final InferenceQueue queue;
  private final AnsweringMetrics metrics;
  private final Traffic traffic;
  private final @Nullable Shadow shadow;
  private final Predicate<String> recorded;

  /**
   * @param recorded whether the prediction log samples a request's id; other requests need no
   *     shadow
   */
  public Routing(
      RoutingSettings settings,
      ServedModels models,
      InferenceQueue queue,
      AnsweringMetrics metrics,
      Predicate<String> recorded) {
    this.models = models;
    this.queue = queue;
    this.metrics = metrics;
    this.traffic = new Traffic(settings);
    this.shadow = settings.shadow().map(Shadow::of).orElse(null);
    this.recorded = recorded;
  }

  /** Returns the version that answers; null if there is none. */
  @Nullable ServedModel choose(ModelInferRequest request) {
    ServedVersions versions = models.of(request.getModelName());
    if (versions == null) {
      return null;
    }
    return request.getModelVersion().isEmpty()
        ? traffic.choose(versions, request.getId())
        : versions.version(request.getModelVersion());
  }

  /** Queues the shadow of a request if there is room. It is scored when no other call waits. */
  void shadow(ModelInferRequest request, ServedModel answering, Caller caller) {
    if (shadow == null || !request.getModelVersion().isEmpty() || !recorded.test(request.getId())) {
      return;
    }
    ServedModel scored = shadow.of(models, answering);
    if (scored == null) {
      warnWhereItIsGone();
      return;
    }
    ShadowCaller nobody = new ShadowCaller(caller.eventLoop(), metrics);
    nobody.asks(metrics.of(scored));
    Reading reading = RequestReader.read(scored, request);
    if (reading instanceof Refusal refusal) {
      nobody.refuse(refusal);
    } else if (reading instanceof InferenceCall call && scored.begin()) {
      enqueue(new PendingCall(call, nobody, System.nanoTime(), PendingCall.NO_DEADLINE));
    }
  }

  /**
   * Warns once if the shadow's version is missing. Another model's trainer would have to keep it.
   */
  private void warnWhereItIsGone() {
    if (!isGoneTold.get()
        && shadow != null
        && shadow.isGone(models)
        && isGoneTold.compareAndSet(false, true)) {
      LOGGER
          .atWarn()
          .addKeyValue(LogKeys.MODEL, shadow.model())
          .log(
              "The shadow's version {} is not there, so nothing is scored beside answers; a trainer"
                  + " keeps the versions that its checkpoints.keep names",
              shadow.version());
    }
  }

  private void enqueue(PendingCall shadow) {
    if (!queue.offer(shadow)) {
      shadow.call().model().end();
      shadow.caller().refuse(Refusal.exhausted("too many shadows wait"));
    }
  }
}
