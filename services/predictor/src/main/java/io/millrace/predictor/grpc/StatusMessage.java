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
 * The sentence that goes with a gRPC status. Only what has to be is percent-encoded [1]: Vert.x
 * encodes commas and brackets as well, and Node's client leaves those as they come.
 *
 * <p>Clients take 8 KB of metadata altogether, and call a longer answer RESOURCE_EXHAUSTED: a
 * sentence that takes more than half of that in its encoded form is cut, between two characters.
 *
 * <p>[1] gRPC over HTTP2, "Status-Message", grpc/doc/PROTOCOL-HTTP2.md.
 */
public final class StatusMessage {
  private static final String HEADER = "grpc-message";
  private static final int MAX_LENGTH = 4096;

  private static final Logger LOGGER = LoggerFactory.getLogger(StatusMessage.class);

  private StatusMessage() {}

  /** Ends a call with a status and its sentence. */
  public static void refuse(GrpcServerResponse<?, ?> response, Refusal refusal) {
    put(response.trailers(), refusal.message());
    response.status(refusal.status()).end().onFailure(StatusMessage::unsent);
  }

  /** Ends a call that Vert.x knows as a request of HTTP. */
  public static void refuse(HttpServerResponse response, Refusal refusal) {
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
