package io.millrace.predictor.grpc;

import io.millrace.predictor.requests.Refusal;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.grpc.server.GrpcServerResponse;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The message of a gRPC status. Only the required characters are percent-encoded [1]: Vert.x also
 * encodes commas and brackets, which Node's client does not decode.
 *
 * <p>Clients accept 8 KB of metadata in total and report more as RESOURCE_EXHAUSTED. So a message
 * is cut between two characters once its encoded form exceeds half of that.
 *
 * <p>[1] gRPC over HTTP2, "Status-Message", grpc/doc/PROTOCOL-HTTP2.md.
 */
public final class StatusMessage {
  private static final String HEADER = "grpc-message";
  private static final int MAX_LENGTH = 4096;

  private static final Logger LOGGER = LoggerFactory.getLogger(StatusMessage.class);

  private StatusMessage() {}

  /** Ends a call with a status and its message. */
  public static void refuse(GrpcServerResponse<?, ?> response, Refusal refusal) {
    put(response.trailers(), refusal.message());
    response.status(refusal.status()).end().onFailure(StatusMessage::unsent);
  }

  /** Ends a call that Vert.x handles as an HTTP request. */
  public static void refuse(HttpServerResponse response, Refusal refusal) {
    response
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/grpc")
        .putHeader("grpc-status", Integer.toString(refusal.status().code))
        .putHeader(HEADER, encoded(refusal.message()))
        .end()
        .onFailure(StatusMessage::unsent);
  }

  /** Logs that an answer did not reach its caller. */
  static void unsent(Throwable failure) {
    LOGGER.debug("The caller left before the answer was sent", failure);
  }

  static void put(MultiMap trailers, String message) {
    trailers.set(HEADER, encoded(message));
  }

  static String encoded(String message) {
    StringBuilder encoded = new StringBuilder(message.length());
    int end = 0;
    for (byte octet : message.getBytes(StandardCharsets.UTF_8)) {
      boolean beginsCharacter = (octet & 0xc0) != 0x80;
      if (beginsCharacter && encoded.length() > MAX_LENGTH) {
        break;
      }
      end = beginsCharacter ? encoded.length() : end;
      if (octet >= ' ' && octet <= '~' && octet != '%') {
        encoded.append((char) octet);
      } else {
        encoded.append("%%%02X".formatted(octet & 0xff));
      }
    }
    if (encoded.length() > MAX_LENGTH) {
      encoded.setLength(end);
    }
    return encoded.toString();
  }
}
