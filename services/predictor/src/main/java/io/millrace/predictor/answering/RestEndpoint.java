package io.millrace.predictor.answering;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.millrace.proto.inference.ModelInferRequest;
import io.vertx.core.Context;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;

/** The Open Inference Protocol over REST, on one event loop. */
final class RestEndpoint {
  private static final int BAD_REQUEST = 400;
  private static final int CONTENT_TOO_LARGE = 413;

  private final OpenInference protocol;
  private final Context eventLoop;
  private final AnsweringMetrics metrics;
  private final int maxBodyBytes;

  RestEndpoint(
      OpenInference protocol, Context eventLoop, AnsweringMetrics metrics, int maxBodyBytes) {
    this.protocol = protocol;
    this.eventLoop = eventLoop;
    this.metrics = metrics;
    this.maxBodyBytes = maxBodyBytes;
  }

  void mountOn(Router router) {
    router.get("/v2/health/live").handler(call -> health(call, "live", protocol.isLive()));
    router.get("/v2/health/ready").handler(call -> health(call, "ready", protocol.isReady()));
    for (String model : RestPath.MODELS) {
      router.get(model + "/ready").handler(this::ready);
      router.post(model + "/infer").handler(this::infer);
    }
  }

  private static void health(RoutingContext call, String name, boolean well) {
    call.response().setStatusCode(well ? 200 : 503);
    RestReply.send(call.response(), new JsonObject().put(name, well));
  }

  private void ready(RoutingContext call) {
    String name = RestPath.model(call);
    if (!protocol.isKnown(name)) {
      RestReply.refuse(call.response(), protocol.missing(name, RestPath.version(call)));
      return;
    }
    boolean ready = protocol.find(name, RestPath.version(call)) != null;
    call.response().setStatusCode(ready ? 200 : 503);
    RestReply.send(call.response(), new JsonObject().put("name", name).put("ready", ready));
  }

  private void infer(RoutingContext call) {
    RestBody.read(
        call.request(),
        maxBodyBytes,
        body -> infer(call, body),
        tooLarge -> refuse(call, CONTENT_TOO_LARGE, tooLarge));
  }

  private void infer(RoutingContext call, byte[] body) {
    ModelInferRequest.Builder message =
        ModelInferRequest.newBuilder()
            .setModelName(RestPath.model(call))
            .setModelVersion(RestPath.version(call));
    try {
      int jsonLength = jsonLength(call, body.length);
      RestRequest request = RestRequestReader.read(body, jsonLength, message);
      RestCaller caller = new RestCaller(call.response(), request, eventLoop, metrics);
      protocol.infer(request.message(), PendingCall.NO_DEADLINE, caller);
    } catch (IOException e) {
      Refusal refusal = Refusal.invalid("the body is no inference request: " + reason(e));
      refuse(call, BAD_REQUEST, refusal);
    }
  }

  private void refuse(RoutingContext call, int httpStatus, Refusal refusal) {
    metrics.ended(refusal.status());
    RestReply.refuse(call.response(), httpStatus, refusal);
  }

  private static int jsonLength(RoutingContext call, int bodyLength) throws IOException {
    String header = call.request().getHeader(RestReply.JSON_LENGTH);
    if (header == null) {
      return bodyLength;
    }
    if (!header.matches("\\d{1,9}") || Integer.parseInt(header) > bodyLength) {
      throw new IOException(
          "%s is %s; expected 0 to %d".formatted(RestReply.JSON_LENGTH, header, bodyLength));
    }
    return Integer.parseInt(header);
  }

  /** Returns what is wrong without the parser's copy of the source. */
  private static String reason(IOException problem) {
    return problem instanceof JsonProcessingException json
        ? "%s (line %d, column %d)"
            .formatted(
                json.getOriginalMessage(),
                json.getLocation().getLineNr(),
                json.getLocation().getColumnNr())
        : String.valueOf(problem.getMessage());
  }
}
