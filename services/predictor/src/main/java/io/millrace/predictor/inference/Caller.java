package io.millrace.predictor.inference;

import io.millrace.predictor.following.ServedModel;
import io.millrace.predictor.requests.Refusal;
import io.millrace.proto.inference.ModelInferResponse;
import io.millrace.runtime.management.UnforeseenFailures;
import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.grpc.common.GrpcStatus;
import org.jspecify.annotations.Nullable;

/**
 * The receiver of an answer, over any transport. It gets at most one answer and counts how the call
 * ended.
 *
 * <p>All methods run on {@link #eventLoop}, except for that method and {@link #isGone}, which any
 * thread may call.
 */
public abstract class Caller {
  private final Context eventLoop;
  private final UnforeseenFailures failures;
  private ModelMetrics metrics;
  private @Nullable RequestSpan span;
  private volatile boolean over;

  public Caller(Context eventLoop, AnsweringMetrics metrics) {
    this.eventLoop = eventLoop;
    this.failures = metrics.failures();
    this.metrics = metrics.of(null);
  }

  /** Sets the model that is called. */
  public final void asks(ModelMetrics model) {
    metrics = model;
  }

  /** Traces this call of the inference service over gRPC, if anything is traced. */
  protected final void traceGrpc(MultiMap headers, String method) {
    span = RequestSpan.ofGrpc(headers, "inference.GRPCInferenceService", method);
  }

  /** Traces this call over REST, if anything is traced. */
  protected final void traceRest(HttpServerRequest request, String route) {
    span = RequestSpan.ofRest(request, route);
  }

  /** Returns the context of the event loop that received the request. */
  public final Context eventLoop() {
    return eventLoop;
  }

  /** Returns whether the call is over: answered, cancelled, disconnected, or past its deadline. */
  public final boolean isGone() {
    return over;
  }

  /**
   * Sends the answer. Returns whether the caller was still waiting and the answer could be written.
   *
   * @param response everything except what all answers of the version share
   */
  public final boolean answer(ServedModel model, ModelInferResponse response) {
    if (over) {
      return false;
    }
    over = true;
    if (span != null) {
      span.answeredBy(model);
    }
    try {
      send(model, response);
    } catch (RuntimeException e) { // the caller must learn of the failure
      failures.happened(e);
      count(GrpcStatus.INTERNAL);
      send(Refusal.internal());
      endSpan(GrpcStatus.INTERNAL);
      return false;
    }
    count(GrpcStatus.OK);
    endSpan(GrpcStatus.OK);
    return true;
  }

  public final void refuse(Refusal refusal) {
    if (!over) {
      over = true;
      count(refusal.status());
      send(refusal);
      endSpan(refusal.status());
    }
  }

  /** Ends the call with a status; returns false if it ended before. */
  public final boolean end(GrpcStatus status) {
    if (over) {
      return false;
    }
    over = true;
    count(status);
    endSpan(status);
    return true;
  }

  private void endSpan(GrpcStatus status) {
    if (span != null) {
      span.end(status);
    }
  }

  /** Counts how the call ended. */
  protected void count(GrpcStatus status) {
    metrics().ended(status);
  }

  /** Returns the metrics of the model that is called. */
  public final ModelMetrics metrics() {
    return metrics;
  }

  /** Returns whether there is no client. */
  boolean isShadow() {
    return false;
  }

  protected abstract void send(ServedModel model, ModelInferResponse response);

  protected abstract void send(Refusal refusal);
}
