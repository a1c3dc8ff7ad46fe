package io.millrace.runtime.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Why an HTTP request is not answered as asked: a status, and a message in the Open Inference
 * Protocol's form of errors, {@code {"error": text}}.
 */
public record HttpProblem(int status, String message) {
  public static final int BAD_REQUEST = 400;
  public static final int NOT_FOUND = 404;
  public static final int METHOD_NOT_ALLOWED = 405;
  public static final int CONTENT_TOO_LARGE = 413;
  public static final int URI_TOO_LONG = 414;
  public static final int UNSUPPORTED_MEDIA_TYPE = 415;
  public static final int EXPECTATION_FAILED = 417;
  public static final int HEADER_TOO_LARGE = 431;
  public static final int INTERNAL = 500;
  public static final int NOT_IMPLEMENTED = 501;
  public static final int VERSION_NOT_SUPPORTED = 505;

  private static final Logger LOGGER = LoggerFactory.getLogger(HttpProblem.class);

  /** Returns the problem for an unforeseen failure, whose cause only the log tells. */
  static HttpProblem internal() {
    return new HttpProblem(INTERNAL, "the request could not be handled; the server's log says why");
  }

  /** Answers with the problem unless an answer has begun. */
  public void answer(HttpServerResponse response) {
    if (response.headWritten() || response.closed()) {
      return;
    }
    response
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
        .end(new JsonObject().put("error", message).toBuffer())
        .onFailure(failure -> LOGGER.debug("The caller left before the answer was sent", failure));
  }
}
