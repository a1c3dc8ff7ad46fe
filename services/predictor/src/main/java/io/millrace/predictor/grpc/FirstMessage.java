package io.millrace.predictor.grpc;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the first message of a request's body. Later bytes are ignored, because a unary call has
 * one message.
 */
final class FirstMessage implements Handler<Buffer> {
  private static final int PREFIX_BYTES = 5;
  private static final int COMPRESSED = 1;

  private final GrpcMessages messages;
  private final GrpcListener listener;
  private @Nullable Buffer begun;
  private boolean found;

  FirstMessage(GrpcMessages messages, GrpcListener listener) {
    this.messages = messages;
    this.listener = listener;
  }

  @Override
  public void handle(Buffer chunk) {
    if (!found) {
      begun = begun == null ? chunk : begun.appendBuffer(chunk);
      if (begun.length() >= PREFIX_BYTES) {
        lookFor(begun, begun.getUnsignedInt(1));
      }
    }
  }

  private void lookFor(Buffer bytes, long length) {
    if (length > messages.maxBytes()) {
      found = true;
      listener.received(GrpcMessages.tooLarge());
    } else if (bytes.length() - PREFIX_BYTES >= length) {
      found = true;
      Buffer message = bytes.slice(PREFIX_BYTES, PREFIX_BYTES + (int) length);
      messages.read(message, bytes.getByte(0) == COMPRESSED, listener);
    }
    if (found) {
      begun = null;
    }
  }
}
