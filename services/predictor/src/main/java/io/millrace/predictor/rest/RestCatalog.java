package io.millrace.predictor.rest;

import com.google.protobuf.Message;
import io.millrace.predictor.following.ServedModel;
import io.millrace.predictor.inference.ModelCatalog;
import io.millrace.predictor.inference.OpenInference;
import io.millrace.predictor.requests.Refusal;
import io.millrace.predictor.requests.Shortened;
import io.millrace.runtime.http.BodyReader;
import io.millrace.runtime.management.UnforeseenFailures;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.function.Function;

/** The metadata of the server and its models over REST, on one event loop. */
public final class RestCatalog {
  private static final int MAX_BODY_BYTES = 4096;

  private final OpenInference protocol;
  private final BodyReader bodies;

  public RestCatalog(OpenInference protocol, UnforeseenFailures failures) {
    this.protocol = protocol;
    this.bodies = new BodyReader(MAX_BODY_BYTES, "enough for this request", failures::happened);
  }

  public void mountOn(Router router) {
    ModelCatalog catalog = protocol.catalog();
    router.get("/v2").handler(call -> send(call.response(), catalog.server()));
    for (String model : RestPath.MODELS) {
      router.get(model).handler(call -> describe(call, catalog::metadata));
      router
          .get(model + "/config")
          .handler(call -> describe(call, version -> catalog.config(version).getConfig()));
    }
  }

  /**
   * Adds the routes for operators. Call it before {@link #mountOn}, whose routes also match them.
   */
  public void mountForOperatorsOn(Router router, Handler<RoutingContext> operatorsOnly) {
    router.post("/v2/repository/index").handler(operatorsOnly).handler(this::index);
    router.get("/v2/models/stats").handler(operatorsOnly).handler(call -> statistics(call, "", ""));
    for (String model : RestPath.MODELS) {
      router
          .get(model + "/stats")
          .handler(operatorsOnly)
          .handler(call -> statistics(call, RestPath.model(call), RestPath.version(call)));
    }
  }

  private void describe(RoutingContext call, Function<ServedModel, Message> description) {
    String name = RestPath.model(call);
    String version = RestPath.version(call);
    ServedModel model = protocol.find(name, version);
    if (model == null) {
      RestReply.refuse(call.response(), protocol.missing(name, version));
    } else {
      send(call.response(), description.apply(model));
    }
  }

  private void statistics(RoutingContext call, String name, String version) {
    if (protocol.isMissing(name, version)) {
      RestReply.refuse(call.response(), protocol.missing(name, version));
    } else {
      send(call.response(), protocol.catalog().statistics(name, version));
    }
  }

  private void index(RoutingContext call) {
    bodies.read(
        call.request(),
        body -> index(call.response(), body),
        problem -> problem.answer(call.response()));
  }

  private void index(HttpServerResponse http, byte[] body) {
    try {
      boolean readyOnly = body.length > 0 && isReadyOnly(body);
      RestReply.send(http, MessageJson.list(protocol.catalog().index(readyOnly).getModelsList()));
    } catch (IOException e) {
      RestReply.refuse(
          http, Refusal.invalid("the body is no index request: " + RestEndpoint.reason(e)));
    }
  }

  private static boolean isReadyOnly(byte[] body) throws IOException {
    JsonReader json = new JsonReader(body, body.length);
    boolean[] readyOnly = {false};
    json.object(
        name -> {
          if (!name.equals("ready")) {
            throw json.problem(
                "a request has no member '%s'; expected ready".formatted(Shortened.of(name)));
          }
          readyOnly[0] = json.flag();
        });
    json.end();
    return readyOnly[0];
  }

  private static void send(HttpServerResponse http, Message message) {
    RestReply.send(http, MessageJson.of(message));
  }
}
