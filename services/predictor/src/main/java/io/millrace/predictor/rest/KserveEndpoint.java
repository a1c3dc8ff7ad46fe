package io.millrace.predictor.rest;

import io.millrace.predictor.following.ServedModel;
import io.millrace.predictor.inference.AnsweringMetrics;
import io.millrace.predictor.inference.OpenInference;
import io.millrace.predictor.inference.PendingCall;
import io.millrace.runtime.http.BodyReader;
import io.millrace.runtime.http.HttpProblem;
import io.vertx.core.Context;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.Objects;
import java.util.TreeSet;

/**
 * KServe's V1 protocol [1], which has rows in the place of tensors, on one event loop.
 *
 * <p>[1] Data plane, V1 inference protocol, kserve/website.
 */
public final class KserveEndpoint {
  private static final String MODELS = "/v1/models";
  private static final String PREDICT = "\\/v1\\/models\\/(?<model>[^\\/:]+):predict";

  private final OpenInference protocol;
  private final Context eventLoop;
  private final AnsweringMetrics metrics;
  private final BodyReader bodies;

  public KserveEndpoint(
      OpenInference protocol, Context eventLoop, AnsweringMetrics metrics, BodyReader bodies) {
    this.protocol = protocol;
    this.eventLoop = eventLoop;
    this.metrics = metrics;
    this.bodies = bodies;
  }

  public void mountOn(Router router) {
    router.get(MODELS).handler(this::list);
    router.get(MODELS + "/:model").handler(this::ready);
    router.postWithRegex(PREDICT).handler(this::predict);
  }

  private void list(RoutingContext call) {
    JsonArray names = new JsonArray();
    new TreeSet<>(protocol.names()).forEach(names::add);
    RestReply.send(call.response(), new JsonObject().put("models", names));
  }

  private void ready(RoutingContext call) {
    String name = RestPath.model(call);
    if (!protocol.isKnown(name)) {
      RestReply.refuse(call.response(), protocol.missing(name, ""));
      return;
    }
    String reason = protocol.reasonAgainst(name, "");
    JsonObject answer = new JsonObject().put("name", name).put("ready", reason.isEmpty());
    call.response().setStatusCode(reason.isEmpty() ? 200 : 503);
    RestReply.send(call.response(), reason.isEmpty() ? answer : answer.put("error", reason));
  }

  private void predict(RoutingContext call) {
    bodies.read(call.request(), body -> predict(call, body), problem -> refuse(call, problem));
  }

  private void predict(RoutingContext call, byte[] body) {
    String name = Objects.requireNonNull(call.pathParam("model"));
    KserveCaller caller = new KserveCaller(call.request(), eventLoop, metrics);
    ServedModel model = protocol.find(name, "");
    if (model == null) {
      caller.refuse(protocol.missing(name, ""));
      return;
    }
    try {
      protocol.infer(KserveInstances.read(body, model), PendingCall.NO_DEADLINE, caller);
    } catch (IOException e) {
      String problem = "the body is no V1 request: " + RestEndpoint.reason(e);
      refuse(call, new HttpProblem(HttpProblem.BAD_REQUEST, problem));
    }
  }

  private void refuse(RoutingContext call, HttpProblem problem) {
    ServedModel asked = protocol.find(Objects.requireNonNull(call.pathParam("model")), "");
    metrics.of(asked).ended(RestEndpoint.status(problem));
    problem.answer(call.response());
  }
}
