package io.millrace.predictor.rest;

import io.millrace.predictor.requests.Refusal;
import io.millrace.runtime.http.HttpProblem;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.grpc.common.GrpcStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends the answers of REST. */
final class RestReply {
  /** The header of the binary extension: the number of bytes of JSON in the body. */
  static final String JSON_LENGTH = "Inference-Header-Content-Length";

  private static final Logger LOGGER = LoggerFactory.getLogger(RestReply.class);
  private static final String JSON = "application/json";
  private static final String BYTES = "application/octet-stream";

  private RestReply() {}

  static void send(HttpServerResponse http, JsonObject json) {
    end(http.putHeader(HttpHeaders.CONTENT_TYPE, JSON), json.toBuffer());
  }

  static void send(HttpServerResponse http, JsonArray json) {
    end(http.putHeader(HttpHeaders.CONTENT_TYPE, JSON), json.toBuffer());
  }

  static void send(HttpServerResponse http, RestResponse response) {
    if (response.isBinary()) {
      http.putHeader(HttpHeaders.CONTENT_TYPE, BYTES);
      http.putHeader(JSON_LENGTH, Integer.toString(response.jsonLength()));
    } else {
      http.putHeader(HttpHeaders.CONTENT_TYPE, JSON);
    }
    end(http, response.body());
  }

  static void refuse(HttpServerResponse http, Refusal refusal) {
    new HttpProblem(httpStatus(refusal.status()), refusal.message()).answer(http);
  }

  private static void end(HttpServerResponse http, Buffer body) {
    http.end(body)
        .onFailure(failure -> LOGGER.debug("The caller left before the answer was sent", failure));
  }

  private static int httpStatus(GrpcStatus status) {
    return switch (status) {
      case INVALID_ARGUMENT -> 400;
      case NOT_FOUND -> 404;
      case RESOURCE_EXHAUSTED -> 429;
      case UNAVAILABLE -> 503;
      case DEADLINE_EXCEEDED -> 504;
      default -> 500;
    };
  }
}
