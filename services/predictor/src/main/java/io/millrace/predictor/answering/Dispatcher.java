package io.millrace.predictor.answering;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/** One port for all: gRPC by its content type, everything else by its path. */
final class Dispatcher implements Handler<HttpServerRequest> {
  private static final String GRPC = "application/grpc";

  private final Handler<HttpServerRequest> grpc;
  private final Handler<HttpServerRequest> http;

  Dispatcher(Handler<HttpServerRequest> grpc, Handler<HttpServerRequest> http) {
    this.grpc = grpc;
    this.http = http;
  }

  @Override
  public void handle(HttpServerRequest request) {
    String contentType = request.getHeader(HttpHeaders.CONTENT_TYPE);
    if (contentType == null || !contentType.startsWith(GRPC)) {
      http.handle(request);
    } else if (GrpcEncoding.isKnown(request)) {
      grpc.handle(request);
    } else {
      GrpcEncoding.refuse(request.response());
    }
  }
}
