package io.millrace.predictor.grpc;

import io.millrace.predictor.requests.Refusal;
import io.millrace.runtime.http.ContentCoding;
import io.millrace.runtime.management.UnforeseenFailures;
import io.vertx.core.Timer;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.GrpcServerRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the messages of gRPC calls [1]. Every message reaches the listener, as bytes or as a {@link
 * Refusal}. Vert.x would reset calls without a status and decompress without a limit.
 *
 * <p>[1] gRPC over HTTP2, "Length-Prefixed-Message", grpc/doc/PROTOCOL-HTTP2.md.
 */
public final class GrpcMessages {
  private final int maxBytes;
  private final UnforeseenFailures failures;

  /**
   * @param maxBytes the largest message after decompression, in bytes
   */
  public GrpcMessages(int maxBytes, UnforeseenFailures failures) {
    this.maxBytes = maxBytes;
    this.failures = failures;
  }

  int maxBytes() {
    return maxBytes;
  }

  /** Delivers the first message of a request, and its end. */
  void deliver(HttpServerRequest request, GrpcListener listener) {
    request.handler(new FirstMessage(this, listener));
    request.endHandler(nothing -> listener.sentEverything());
    request.response().exceptionHandler(failure -> listener.gone(GrpcStatus.CANCELLED));
  }

  /** Delivers all messages of a call, and its end. */
  void deliver(GrpcServerRequest<?, ?> call, GrpcListener listener) {
    Timer deadline = call.deadline();
    if (deadline != null) { // past the deadline Vert.x answers the call itself
      deadline.onSuccess(nothing -> listener.gone(GrpcStatus.DEADLINE_EXCEEDED));
    }
    call.errorHandler(error -> leave(deadline, listener));
    call.exceptionHandler(failure -> leave(deadline, listener));
    call.invalidMessageHandler(invalid -> listener.received(tooLarge()));
    call.endHandler(nothing -> listener.sentEverything());
    call.messageHandler(
        message -> read(message.payload(), message.encoding().equals(GrpcEncoding.GZIP), listener));
  }

  private static void leave(@Nullable Timer deadline, GrpcListener listener) {
    if (deadline != null) {
      deadline.cancel(); // Vert.x would answer a closed stream
    }
    listener.gone(GrpcStatus.CANCELLED);
  }

  /** Delivers one message. */
  void read(Buffer message, boolean compressed, GrpcListener listener) {
    try {
      if (compressed) {
        inflate(message, listener);
      } else {
        listener.received(message);
      }
    } catch (RuntimeException e) {
      failures.happened(e);
      listener.received(Refusal.internal());
    }
  }

  private void inflate(Buffer compressed, GrpcListener listener) {
    byte[] message;
    try {
      message = ContentCoding.GZIP.decode(compressed.getBytes(), maxBytes);
    } catch (IOException e) {
      listener.received(Refusal.invalid("the message cannot be decompressed: " + e.getMessage()));
      return;
    }
    if (message.length > maxBytes) {
      listener.received(tooLarge());
    } else {
      listener.received(Buffer.buffer(message));
    }
  }

  static Refusal tooLarge() {
    return Refusal.exhausted("the message is larger than serving.max_message_bytes");
  }
}
