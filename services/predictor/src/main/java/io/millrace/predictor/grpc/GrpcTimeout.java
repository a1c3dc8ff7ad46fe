package io.millrace.predictor.grpc;

import io.millrace.predictor.inference.PendingCall;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The timeout of a gRPC call [1].
 *
 * <p>[1] gRPC over HTTP2, "Timeout", grpc/doc/PROTOCOL-HTTP2.md.
 */
final class GrpcTimeout {
  private static final CharSequence HEADER = HttpHeaders.createOptimized("grpc-timeout");
  private static final int MOST_DIGITS = 8;

  private GrpcTimeout() {}

  /**
   * Returns the timeout in nanoseconds; {@link PendingCall#NO_DEADLINE} if the request has none, or
   * an invalid one.
   */
  static long nanos(HttpServerRequest request) {
    String text = request.headers().get(HEADER);
    return text == null ? PendingCall.NO_DEADLINE : nanos(text);
  }

  static long nanos(String text) {
    int digits = text.length() - 1;
    TimeUnit unit = digits < 1 || digits > MOST_DIGITS ? null : unit(text.charAt(digits));
    long value = 0;
    for (int i = 0; i < digits && unit != null; i++) {
      char digit = text.charAt(i);
      if (digit < '0' || digit > '9') {
        return PendingCall.NO_DEADLINE;
      }
      value = 10 * value + digit - '0';
    }
    return unit == null ? PendingCall.NO_DEADLINE : unit.toNanos(value);
  }

  private static @Nullable TimeUnit unit(char letter) {
    return switch (letter) {
      case 'H' -> TimeUnit.HOURS;
      case 'M' -> TimeUnit.MINUTES;
      case 'S' -> TimeUnit.SECONDS;
      case 'm' -> TimeUnit.MILLISECONDS;
      case 'u' -> TimeUnit.MICROSECONDS;
      case 'n' -> TimeUnit.NANOSECONDS;
      default -> null;
    };
  }
}
