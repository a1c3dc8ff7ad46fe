package io.millrace.predictor.rest;

import io.millrace.predictor.following.ServedModel;
import io.millrace.predictor.inference.AnsweringMetrics;
import io.millrace.predictor.inference.Caller;
import io.millrace.predictor.requests.Refusal;
import io.millrace.proto.inference.ModelInferResponse;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.grpc.common.GrpcStatus;

/** The caller of a REST request. */
final class RestCaller extends Caller {
  private final HttpServerResponse http;
  private final RestRequest request;

  RestCaller(
      HttpServerRequest call, RestRequest request, Context eventLoop, AnsweringMetrics metrics) {
    super(eventLoop, metrics);
    this.http = call.response();
    this.request = request;
    http.closeHandler(nothing -> end(GrpcStatus.CANCELLED));
    traceRest(call, "/v2/models/{model}/infer");
  }

  @Override
  protected void send(ServedModel model, ModelInferResponse response) {
    RestResponse form = RestResponse.of(model, response, request);
    RestReply.send(http, form);
  }

  @Override
  protected void send(Refusal refusal) {
    RestReply.refuse(http, refusal);
  }
}
