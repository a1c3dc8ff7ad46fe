package io.millrace.predictor.grpc;

import io.millrace.predictor.requests.Refusal;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/**
 * How a gRPC caller says that its messages are compressed [1].
 *
 * <p>[1] gRPC over HTTP2, "Message-Encoding", grpc/doc/PROTOCOL-HTTP2.md.
 */
public final class GrpcEncoding {
  static final String GZIP = "gzip";
  private static final String HEADER = "grpc-encoding";
  private static final String IDENTITY = "identity";

  private GrpcEncoding() {}

  /** Returns whether messages in a request's encoding can be read. */
  public static boolean isKnown(HttpServerRequest request) {
    String encoding = request.getHeader(HEADER);
    if (encoding == null || encoding.equals(IDENTITY)) {
      // Vert.x has no answer to a message that is marked as compressed where none is announced.
      request.headers().set(HEADER, GZIP);
      return true;
    }
    return encoding.equals(GZIP);
  }

  /** Ends a call in another encoding, and says which one is known. */
  public static void refuse(HttpServerResponse response) {
    response.putHeader("grpc-accept-encoding", GZIP);
    StatusMessage.refuse(
        response, Refusal.unimplemented("messages may be compressed by gzip only"));
  }
}
