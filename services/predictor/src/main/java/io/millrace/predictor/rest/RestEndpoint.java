package io.millrace.predictor.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.millrace.predictor.following.ServedModel;
import io.millrace.predictor.inference.AnsweringMetrics;
import io.millrace.predictor.inference.OpenInference;
import io.millrace.predictor.inference.PendingCall;
import io.millrace.predictor.requests.Shortened;
import io.millrace.proto.inference.ModelInferRequest;
import io.millrace.runtime.http.BodyReader;
import io.millrace.runtime.http.HttpProblem;
import io.vertx.core.Context;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.grpc.common.GrpcStatus;
import java.io.IOException;

/** The Open Inference Protocol over REST, on one event loop. */
public final class RestEndpoint {
  private final OpenInference protocol;
  private final Context eventLoop;
  private final AnsweringMetrics metrics;
  private final BodyReader bodies;

  public RestEndpoint(
      OpenInference protocol, Context eventLoop, AnsweringMetrics metrics, BodyReader bodies) {
    this.protocol = protocol;
    this.eventLoop = eventLoop;
    this.metrics = metrics;
    this.bodies = bodies;
  }

  public void mountOn(Router router) {
    router.get("/v2/health/live").handler(call -> health(call, "live", protocol.isLive()));
    router.get("/v2/health/ready").handler(this::serverReady);
    for (String model : RestPath.MODELS) {
      router.get(model + "/ready").handler(this::ready);
      router.post(model + "/infer").handler(this::infer);
    }
  }

  private static void health(RoutingContext call, String name, boolean well) {
    call.response().setStatusCode(well ? 200 : 503);
    RestReply.send(call.response(), new JsonObject().put(name, well));
  }

  private void serverReady(RoutingContext call) {
    String reasons = protocol.reasonsAgainstReadiness();
    JsonObject answer = new JsonObject().put("ready", reasons.isEmpty());
    ready(call, reasons.isEmpty() ? answer : answer.put("error", reasons));
  }

  private void ready(RoutingContext call) {
    String name = RestPath.model(call);
    if (!protocol.isKnown(name)) {
      RestReply.refuse(call.response(), protocol.missing(name, RestPath.version(call)));
      return;
    }
    String reason = protocol.reasonAgainst(name, RestPath.version(call));
    JsonObject answer = new JsonObject().put("name", name).put("ready", reason.isEmpty());
    ready(call, reason.isEmpty() ? answer : answer.put("error", reason));
  }

  private static void ready(RoutingContext call, JsonObject answer) {
    call.response().setStatusCode(answer.getBoolean("ready") ? 200 : 503);
    RestReply.send(call.response(), answer);
  }

  private void infer(RoutingContext call) {
    bodies.read(call.request(), body -> infer(call, body), problem -> refuse(call, problem));
  }

  private void infer(RoutingContext call, byte[] body) {
    ModelInferRequest.Builder message =
        ModelInferRequest.newBuilder()
            .setModelName(RestPath.model(call))
            .setModelVersion(RestPath.version(call));
    try {
      int jsonLength = jsonLength(call, body.length);
      RestRequest request = RestRequestReader.read(body, jsonLength, message);
      RestCaller caller = new RestCaller(call.request(), request, eventLoop, metrics);
      protocol.infer(request.message(), PendingCall.NO_DEADLINE, caller);
    } catch (IOException e) {
      String problem = "the body is no inference request: " + reason(e);
      refuse(call, new HttpProblem(HttpProblem.BAD_REQUEST, problem));
    }
  }

  private void refuse(RoutingContext call, HttpProblem problem) {
    ServedModel asked = protocol.find(RestPath.model(call), RestPath.version(call));
    metrics.of(asked).ended(status(problem));
    problem.answer(call.response());
  }

  static GrpcStatus status(HttpProblem problem) {
    return switch (problem.status()) {
      case HttpProblem.CONTENT_TOO_LARGE -> GrpcStatus.RESOURCE_EXHAUSTED;
      case HttpProblem.INTERNAL -> GrpcStatus.INTERNAL;
      default -> GrpcStatus.INVALID_ARGUMENT;
    };
  }

  private static int jsonLength(RoutingContext call, int bodyLength) throws IOException {
    String header = call.request().getHeader(RestReply.JSON_LENGTH);
    if (header == null) {
      return bodyLength;
    }
    if (!header.matches("\\d{1,9}") || Integer.parseInt(header) > bodyLength) {
      throw new IOException(
          "%s is %s; expected 0 to %d"
              .formatted(RestReply.JSON_LENGTH, Shortened.of(header), bodyLength));
    }
    return Integer.parseInt(header);
  }

  /** Returns what is wrong, in words for the caller. */
  static String reason(IOException problem) {
    IOException told =
        problem instanceof JsonProcessingException json ? JsonProblem.of(json) : problem;
    return String.valueOf(told.getMessage());
  }
}
