package io.millrace.predictor.answering;

import io.millrace.predictor.following.ServedModel;
import io.millrace.proto.inference.ModelInferResponse;
import io.vertx.core.Context;
import io.vertx.core.Timer;
import io.vertx.core.buffer.Buffer;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.GrpcServerRequest;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who waits for the answer to a unary gRPC call. */
final class GrpcCaller extends Caller {
  private static final Logger LOGGER = LoggerFactory.getLogger(GrpcCaller.class);

  private final GrpcServerRequest<Buffer, Buffer> request;
  private boolean asked;

  GrpcCaller(
      GrpcServerRequest<Buffer, Buffer> request, Context eventLoop, AnsweringMetrics metrics) {
    super(eventLoop, metrics);
    this.request = request;
    request.invalidMessageHandler(invalid -> refuse(Refusal.of(invalid)));
    request.errorHandler(error -> end(GrpcStatus.CANCELLED));
    request.exceptionHandler(failure -> end(GrpcStatus.CANCELLED));
    Timer deadline = request.deadline();
    if (deadline != null) { // Vert.x answers by itself then
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
    if (!asked && !isGone()) {
      refuse(Refusal.invalid("the call ended without a ModelInferRequest"));
    }
  }

  @Override
  void send(ServedModel model, ModelInferResponse response) {
    request.response().end(AnswerEncoder.unary(model, response)).onFailure(GrpcCaller::unsent);
  }

  @Override
  void send(Refusal refusal) {
    StatusMessage.put(request.response().trailers(), refusal.message());
    request.response().status(refusal.status()).end().onFailure(GrpcCaller::unsent);
  }

  private static void unsent(Throwable failure) {
    LOGGER.debug("The caller left before the answer was sent", failure);
  }
}
