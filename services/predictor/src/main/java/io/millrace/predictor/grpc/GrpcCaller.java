package io.millrace.predictor.grpc;

import io.millrace.predictor.following.ServedModel;
import io.millrace.predictor.inference.AnsweringMetrics;
import io.millrace.predictor.inference.Caller;
import io.millrace.predictor.inference.OpenInference;
import io.millrace.predictor.requests.Refusal;
import io.millrace.proto.inference.ModelInferResponse;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.grpc.common.GrpcStatus;
import java.io.IOException;

/** The caller of a unary gRPC method. */
final class GrpcCaller extends Caller implements GrpcListener {
  private final HttpServerRequest request;
  private final OpenInference protocol;
  private boolean asked;

  GrpcCaller(
      HttpServerRequest request,
      OpenInference protocol,
      Context eventLoop,
      AnsweringMetrics metrics) {
    super(eventLoop, metrics);
    this.request = request;
    this.protocol = protocol;
    traceGrpc(request.headers(), "ModelInfer");
  }

  @Override
  public void received(Buffer message) {
    if (isGone()) {
      return;
    }
    asked = true;
    try {
      protocol.infer(GrpcEndpoint.parse(message), GrpcTimeout.nanos(request), this);
    } catch (IOException e) {
      refuse(Refusal.invalid("the message is no ModelInferRequest: " + e.getMessage()));
    }
  }

  @Override
  public void received(Refusal unreadable) {
    asked = true;
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

  @Override
  protected void send(ServedModel model, ModelInferResponse response) {
    WholeAnswer.send(request, AnswerEncoder.unary(model, response));
  }

  @Override
  protected void send(Refusal refusal) {
    StatusMessage.refuse(request.response(), refusal);
  }
}
