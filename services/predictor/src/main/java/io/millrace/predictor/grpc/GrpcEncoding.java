package io.millrace.predictor.grpc;

import io.millrace.predictor.requests.Refusal;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/**
 * The message encoding of a gRPC call [1].
 *
 * <p>[1] gRPC over HTTP2, "Message-Encoding", grpc/doc/PROTOCOL-HTTP2.md.
 */
public final class GrpcEncoding {
  static final String GZIP = "gzip";
  private static final String HEADER = "grpc-encoding";
  private static final String IDENTITY = "identity";

  private GrpcEncoding() {}

  /** Returns whether the encoding of a request's messages is supported. */
  public static boolean isKnown(HttpServerRequest request) {
    String encoding = request.getHeader(HEADER);
    if (encoding == null || encoding.equals(IDENTITY)) {
      // Vert.x never answers a message that is flagged as compressed if no encoding is announced.
      request.headers().set(HEADER, GZIP);
      return true;
    }
    return encoding.equals(GZIP);
  }

  /** Ends a call with an unsupported encoding and names the supported one. */
  public static void refuse(HttpServerResponse response) {
    response.putHeader("grpc-accept-encoding", GZIP);
    StatusMessage.refuse(
        response, Refusal.unimplemented("messages may be compressed by gzip only"));
  }
}
