package io.millrace.predictor.inference;

import io.millrace.predictor.following.ServedModel;
import io.millrace.predictor.requests.Refusal;
import io.millrace.proto.inference.ModelInferResponse;
import io.millrace.runtime.management.UnforeseenFailures;
import io.vertx.core.Context;
import io.vertx.grpc.common.GrpcStatus;

/**
 * Who waits for an answer, over whichever transport. Gets one at most, and counts how it ended.
 *
 * <p>Everything happens on {@link #eventLoop}, but for that method and {@link #isGone}, which may
 * be asked anywhere.
 */
public abstract class Caller {
  private final Context eventLoop;
  private final UnforeseenFailures failures;
  private ModelMetrics metrics;
  private volatile boolean over;

  public Caller(Context eventLoop, AnsweringMetrics metrics) {
    this.eventLoop = eventLoop;
    this.failures = metrics.failures();
    this.metrics = metrics.of(null);
  }

  /** Takes note of the model that is asked. */
  public final void asks(ModelMetrics model) {
    metrics = model;
  }

  /** Returns the context of the event loop that the request came in on. */
  public final Context eventLoop() {
    return eventLoop;
  }

  /** Returns whether nobody waits: answered, cancelled, disconnected, or past the deadline. */
  public final boolean isGone() {
    return over;
  }

  /**
   * Gives the answer; returns whether somebody waited for it and it could be written.
   *
   * @param response all but what every answer of the version has in common
   */
  public final boolean answer(ServedModel model, ModelInferResponse response) {
    if (over) {
      return false;
    }
    over = true;
    try {
      send(model, response);
    } catch (RuntimeException e) { // whoever waits has to hear of it
      failures.happened(e);
      count(GrpcStatus.INTERNAL);
      send(Refusal.internal());
      return false;
    }
    count(GrpcStatus.OK);
    return true;
  }

  public final void refuse(Refusal refusal) {
    if (end(refusal.status())) {
      send(refusal);
    }
  }

  /** Takes note of how the call ends; returns false where it ended before. */
  public final boolean end(GrpcStatus status) {
    if (over) {
      return false;
    }
    over = true;
    count(status);
    return true;
  }

  /** Counts how the call ended. */
  protected void count(GrpcStatus status) {
    metrics().ended(status);
  }

  /** Returns those of the model that was asked. */
  public final ModelMetrics metrics() {
    return metrics;
  }

  /** Returns whether nobody waits from the start. */
  boolean isShadow() {
    return false;
  }

  protected abstract void send(ServedModel model, ModelInferResponse response);

  protected abstract void send(Refusal refusal);
}
