package io.millrace.predictor.answering;

import io.millrace.proto.inference.ModelInferResponse;
import io.vertx.core.Context;
import io.vertx.core.Timer;
import io.vertx.core.buffer.Buffer;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.GrpcServerRequest;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who waits for the answer to a unary gRPC call. */
final class GrpcCaller implements Caller {
  private static final Logger LOGGER = LoggerFactory.getLogger(GrpcCaller.class);

  private final GrpcServerRequest<Buffer, ModelInferResponse> request;
  private final Context eventLoop;
  private final AnsweringMetrics metrics;

  /** Ends the call with DEADLINE_EXCEEDED by itself; null where the caller set none. */
  private final @Nullable Timer deadline;

  private boolean asked;
  private volatile boolean over;

  GrpcCaller(
      GrpcServerRequest<Buffer, ModelInferResponse> request,
      Context eventLoop,
      AnsweringMetrics metrics) {
    this.request = request;
    this.eventLoop = eventLoop;
    this.metrics = metrics;
    this.deadline = request.deadline();
    request.errorHandler(error -> end(GrpcStatus.CANCELLED));
    request.exceptionHandler(failure -> end(GrpcStatus.CANCELLED));
    if (deadline != null) {
      deadline.onSuccess(nothing -> end(GrpcStatus.DEADLINE_EXCEEDED));
    }
  }

  /** Returns how long the caller waits. */
  long timeoutNanos() {
    return request.timeout() > 0
        ? TimeUnit.MILLISECONDS.toNanos(request.timeout())
        : PendingCall.NO_DEADLINE;
  }

  /** Takes note of a message; returns whether it is the first. */
  boolean asks() {
    boolean first = !asked;
    asked = true;
    return first;
  }

  /** Takes note that no message comes any more: without one there is nothing to answer. */
  void sentEverything() {
    if (!asked) {
      refuse(Refusal.invalid("the call ended without a ModelInferRequest"));
    }
  }

  @Override
  public Context eventLoop() {
    return eventLoop;
  }

  @Override
  public boolean isGone() {
    return over;
  }

  @Override
  public void answer(ModelInferResponse response) {
    if (end(GrpcStatus.OK)) {
      request.response().end(response).onFailure(this::unsent);
    }
  }

  @Override
  public void refuse(Refusal refusal) {
    if (end(refusal.status())) {
      request
          .response()
          .status(refusal.status())
          .statusMessage(refusal.message())
          .end()
          .onFailure(this::unsent);
    }
  }

  /** Takes note of how the call ends; false where it ended already. */
  private boolean end(GrpcStatus status) {
    if (over) {
      return false;
    }
    over = true;
    metrics.ended(status);
    return true;
  }

  private void unsent(Throwable failure) {
    LOGGER.debug("The caller left before the answer was sent", failure);
  }
}
