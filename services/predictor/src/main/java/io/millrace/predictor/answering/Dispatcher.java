package io.millrace.predictor.answering;

import io.millrace.predictor.grpc.GrpcEncoding;
import io.millrace.runtime.http.ConnectionLife;
import io.millrace.runtime.http.HttpProblem;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.Set;

/** Routes the requests of one port: gRPC by content type, everything else by path. */
final class Dispatcher implements Handler<HttpServerRequest> {
  private static final String GRPC = "application/grpc";
  private static final String PROTOBUF = GRPC + "+proto";
  private static final String MODEL_INFER = "/inference.GRPCInferenceService/ModelInfer";

  /** Methods whose callers may keep the stream open without a time limit. */
  private static final Set<String> STREAMS =
      Set.of(
          "/inference.GRPCInferenceService/ModelStreamInfer",
          "/grpc.health.v1.Health/Watch",
          "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
          "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo");

  private static final HttpProblem NO_GRPC =
      new HttpProblem(
          HttpProblem.UNSUPPORTED_MEDIA_TYPE,
          "gRPC is understood as POST over HTTP/2 with application/grpc or application/grpc+proto");

  private final Handler<HttpServerRequest> modelInfer;
  private final Handler<HttpServerRequest> grpc;
  private final Handler<HttpServerRequest> http;

  /**
   * @param modelInfer takes the calls of that method
   * @param grpc takes the calls of all other methods
   * @param http takes everything that is not gRPC
   */
  Dispatcher(
      Handler<HttpServerRequest> modelInfer,
      Handler<HttpServerRequest> grpc,
      Handler<HttpServerRequest> http) {
    this.modelInfer = modelInfer;
    this.grpc = grpc;
    this.http = http;
  }

  @Override
  public void handle(HttpServerRequest request) {
    String contentType = request.getHeader(HttpHeaders.CONTENT_TYPE);
    if (contentType == null || !contentType.startsWith(GRPC)) {
      http.handle(request);
    } else if (!isGrpc(request, contentType)) {
      NO_GRPC.answer(request.response());
    } else if (!GrpcEncoding.isKnown(request)) {
      GrpcEncoding.refuse(request.response());
    } else if (MODEL_INFER.equals(request.uri())) {
      modelInfer.handle(request);
    } else {
      if (STREAMS.contains(request.uri())) {
        ConnectionLife.mayStayOpen(request);
      }
      grpc.handle(new PausableRequest(request));
    }
  }

  /** gRPC over HTTP2, "Requests", grpc/doc/PROTOCOL-HTTP2.md: POST with protobuf messages. */
  private static boolean isGrpc(HttpServerRequest request, String contentType) {
    return request.version() == HttpVersion.HTTP_2
        && request.method().equals(HttpMethod.POST)
        && (contentType.equals(GRPC)
            || contentType.equals(PROTOBUF)
            || contentType.startsWith(GRPC + ";")
            || contentType.startsWith(PROTOBUF + ";"));
  }
}
