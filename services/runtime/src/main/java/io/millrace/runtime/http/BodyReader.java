package io.millrace.runtime.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads request bodies up to a limit, which applies before and after decoding. A caller that
 * expects 100-continue (RFC 9110, 10.1.1) is answered at once: continue, or too large.
 *
 * @param maxBytes the largest body, in bytes
 * @param limit the name of the limit, for messages
 * @param failures receives unforeseen failures
 */
public record BodyReader(int maxBytes, String limit, Consumer<Throwable> failures) {
  /**
   * Reads a body on its event loop.
   *
   * @param whole takes the decoded body
   * @param refused takes the reason as soon as the body cannot be read; not called after {@code
   *     whole}, unless that throws
   */
  public void read(
      HttpServerRequest request, Consumer<byte[]> whole, Consumer<HttpProblem> refused) {
    HttpProblem problem = problem(request);
    if (problem != null) {
      refused.accept(problem);
      return;
    }
    Gathered body = new Gathered(request, whole, refused);
    request.handler(body::add);
    request.endHandler(nothing -> body.end());
    if (request.headers().contains(HttpHeaders.EXPECT)) {
      request.response().writeContinue();
    }
  }

  private @Nullable HttpProblem problem(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    if (length != null && Long.parseLong(length) > maxBytes) {
      return tooLarge();
    }
    if (coding(request) == null) {
      request.response().putHeader(HttpHeaders.ACCEPT_ENCODING, ContentCoding.NAMES);
      return new HttpProblem(
          HttpProblem.UNSUPPORTED_MEDIA_TYPE,
          "the body's Content-Encoding is unknown here; allowed: " + ContentCoding.NAMES);
    }
    return null;
  }

  private HttpProblem tooLarge() {
    return new HttpProblem(
        HttpProblem.CONTENT_TOO_LARGE,
        "the body is larger than %d bytes, %s".formatted(maxBytes, limit));
  }

  private static @Nullable ContentCoding coding(HttpServerRequest request) {
    return ContentCoding.of(request.headers().getAll(HttpHeaders.CONTENT_ENCODING));
  }

  /** The part of one body that has arrived. */
  private final class Gathered {
    private final HttpServerRequest request;
    private final Consumer<byte[]> whole;
    private final Consumer<HttpProblem> refused;
    private final Buffer body = Buffer.buffer();
    private boolean over;

    Gathered(HttpServerRequest request, Consumer<byte[]> whole, Consumer<HttpProblem> refused) {
      this.request = request;
      this.whole = whole;
      this.refused = refused;
    }

    void add(Buffer chunk) {
      if (over) {
        return;
      }
      if (body.length() + chunk.length() > maxBytes) {
        refuse(tooLarge());
      } else {
        body.appendBuffer(chunk);
      }
    }

    void end() {
      if (over) {
        return;
      }
      try {
        decode(body.getBytes());
      } catch (RuntimeException e) { // the caller must learn of the failure
        failures.accept(e);
        refuse(HttpProblem.internal());
      }
    }

    private void decode(byte[] bytes) {
      byte[] decoded;
      try {
        decoded =
            Objects.requireNonNull(coding(request), "looked at before").decode(bytes, maxBytes);
      } catch (IOException e) {
        refuse(
            new HttpProblem(
                HttpProblem.BAD_REQUEST, "the body cannot be decompressed: " + e.getMessage()));
        return;
      }
      if (decoded.length > maxBytes) {
        refuse(tooLarge());
      } else {
        whole.accept(decoded);
      }
    }

    private void refuse(HttpProblem problem) {
      over = true;
      refused.accept(problem);
    }
  }
}
