package io.millrace.predictor.answering;

import io.millrace.predictor.following.ServedModel;
import io.millrace.proto.inference.ModelInferResponse;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.GrpcServerRequest;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Who waits for the answer to a unary gRPC call. */
final class GrpcCaller extends Caller implements GrpcListener {
  private final GrpcServerRequest<Buffer, Buffer> request;
  private final OpenInference protocol;
  private boolean asked;

  GrpcCaller(
      GrpcServerRequest<Buffer, Buffer> request,
      OpenInference protocol,
      Context eventLoop,
      AnsweringMetrics metrics) {
    super(eventLoop, metrics);
    this.request = request;
    this.protocol = protocol;
  }

  @Override
  public void received(Buffer message) {
    if (asked || isGone()) {
      return; // a unary call has one message: what comes after it is ignored
    }
    asked = true;
    try {
      protocol.infer(GrpcEndpoint.parse(message), timeoutNanos(), this);
    } catch (IOException e) {
      refuse(Refusal.invalid("the message is no ModelInferRequest: " + e.getMessage()));
    }
  }

  @Override
  public void received(Refusal unreadable) {
    refuse(unreadable);
  }

  @Override
  public void sentEverything() {
    if (!asked) {
      refuse(Refusal.invalid("the call ended without a ModelInferRequest"));
    }
  }

  @Override
  public void gone(GrpcStatus status) {
    end(status);
  }

  private long timeoutNanos() {
    return request.timeout() > 0
        ? TimeUnit.MILLISECONDS.toNanos(request.timeout())
        : PendingCall.NO_DEADLINE;
  }

  @Override
  void send(ServedModel model, ModelInferResponse response) {
    request.response().end(AnswerEncoder.unary(model, response)).onFailure(StatusMessage::unsent);
  }

  @Override
  void send(Refusal refusal) {
    StatusMessage.refuse(request.response(), refusal);
  }
}
