package io.millrace.predictor.answering;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.grpc.server.GrpcServerResponse;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sentence that goes with a gRPC status. Only what has to be is percent-encoded [1]: Vert.x
 * encodes commas and brackets as well, and Node's client leaves those as they come.
 *
 * <p>[1] gRPC over HTTP2, "Status-Message", grpc/doc/PROTOCOL-HTTP2.md.
 */
final class StatusMessage {
  private static final String HEADER = "grpc-message";

  private static final Logger LOGGER = LoggerFactory.getLogger(StatusMessage.class);

  private StatusMessage() {}

  /** Ends a call with a status and its sentence. */
  static void refuse(GrpcServerResponse<?, ?> response, Refusal refusal) {
    put(response.trailers(), refusal.message());
    response.status(refusal.status()).end().onFailure(StatusMessage::unsent);
  }

  /** Ends a call that Vert.x knows as a request of HTTP. */
  static void refuse(HttpServerResponse response, Refusal refusal) {
    response
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/grpc")
        .putHeader("grpc-status", Integer.toString(refusal.status().code))
        .putHeader(HEADER, encoded(refusal.message()))
        .end()
        .onFailure(StatusMessage::unsent);
  }

  /** Takes note that an answer did not reach its caller. */
  static void unsent(Throwable failure) {
    LOGGER.debug("The caller left before the answer was sent", failure);
  }

  static void put(MultiMap trailers, String message) {
    trailers.set(HEADER, encoded(message));
  }

  static String encoded(String message) {
    StringBuilder encoded = new StringBuilder(message.length());
    for (byte octet : message.getBytes(StandardCharsets.UTF_8)) {
      if (octet >= ' ' && octet <= '~' && octet != '%') {
        encoded.append((char) octet);
      } else {
        encoded.append("%%%02X".formatted(octet & 0xff));
      }
    }
    return encoded.toString();
  }
}
