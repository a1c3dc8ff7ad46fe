package io.millrace.predictor.inference;

import io.millrace.predictor.following.ServedModel;
import io.millrace.predictor.requests.Refusal;
import io.millrace.proto.inference.ModelInferResponse;
import io.vertx.core.Context;
import io.vertx.grpc.common.GrpcStatus;

/** The caller of a shadow, which has no client. Its predictions go only to the prediction log. */
final class ShadowCaller extends Caller {
  ShadowCaller(Context eventLoop, AnsweringMetrics metrics) {
    super(eventLoop, metrics);
  }

  @Override
  public void count(GrpcStatus status) {
    metrics().shadowEnded(status);
  }

  @Override
  boolean isShadow() {
    return true;
  }

  @Override
  public void send(ServedModel model, ModelInferResponse response) {
    // The prediction log takes the response.
  }

  @Override
  public void send(Refusal refusal) {
    // The status is counted already.
  }
}
