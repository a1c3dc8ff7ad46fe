package io.millrace.predictor.answering;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;

/** The body of one REST request, gathered on its event loop up to a limit. */
final class RestBody {
  private final int maxBytes;
  private final Buffer body = Buffer.buffer();
  private boolean tooLarge;

  private RestBody(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /**
   * Reads a body.
   *
   * @param whole takes it once it is there
   * @param refused takes the refusal of one that is too large, as soon as that shows
   */
  static void read(
      HttpServerRequest request, int maxBytes, Consumer<byte[]> whole, Consumer<Refusal> refused) {
    RestBody body = new RestBody(maxBytes);
    request.handler(chunk -> body.add(chunk, refused));
    request.endHandler(
        nothing -> {
          if (!body.tooLarge) {
            whole.accept(body.body.getBytes());
          }
        });
  }

  private void add(Buffer chunk, Consumer<Refusal> refused) {
    if (tooLarge) {
      return;
    }
    if (body.length() + chunk.length() <= maxBytes) {
      body.appendBuffer(chunk);
      return;
    }
    tooLarge = true;
    refused.accept(
        Refusal.exhausted(
            "the body is larger than %d bytes, serving.max_message_bytes".formatted(maxBytes)));
  }
}
