package io.millrace.predictor.answering;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.millrace.predictor.following.ServedModel;
import io.millrace.proto.inference.ModelInferRequest;
import io.millrace.proto.inference.ModelMetadataResponse;
import io.millrace.proto.inference.ModelMetadataResponse.TensorMetadata;
import io.millrace.proto.inference.ServerMetadataResponse;
import io.vertx.core.Context;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The Open Inference Protocol over REST, on one event loop. */
final class RestEndpoint {
  private static final int BAD_REQUEST = 400;
  private static final int CONTENT_TOO_LARGE = 413;
  private static final String MODEL = "/v2/models/:model";
  private static final String VERSION = MODEL + "/versions/:version";

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
    router.get("/v2").handler(this::server);
    router.get("/v2/health/live").handler(call -> health(call, "live", protocol.isLive()));
    router.get("/v2/health/ready").handler(call -> health(call, "ready", protocol.isReady()));
    for (String model : List.of(MODEL, VERSION)) {
      router.get(model).handler(this::metadata);
      router.get(model + "/ready").handler(this::ready);
      router.post(model + "/infer").handler(this::infer);
    }
  }

  private void server(RoutingContext call) {
    ServerMetadataResponse server = protocol.serverMetadata();
    JsonObject json =
        new JsonObject()
            .put("name", server.getName())
            .put("version", server.getVersion())
            .put("extensions", new JsonArray(server.getExtensionsList()));
    RestReply.send(call.response(), json);
  }

  private static void health(RoutingContext call, String name, boolean well) {
    call.response().setStatusCode(well ? 200 : 503);
    RestReply.send(call.response(), new JsonObject().put(name, well));
  }

  private void ready(RoutingContext call) {
    String name = model(call);
    if (!protocol.isKnown(name)) {
      RestReply.refuse(call.response(), protocol.missing(name, version(call)));
      return;
    }
    boolean ready = protocol.find(name, version(call)) != null;
    call.response().setStatusCode(ready ? 200 : 503);
    RestReply.send(call.response(), new JsonObject().put("name", name).put("ready", ready));
  }

  private void metadata(RoutingContext call) {
    ServedModel model = protocol.find(model(call), version(call));
    if (model == null) {
      RestReply.refuse(call.response(), protocol.missing(model(call), version(call)));
      return;
    }
    ModelMetadataResponse metadata = protocol.metadata(model);
    JsonObject json =
        new JsonObject()
            .put("name", metadata.getName())
            .put("versions", new JsonArray(metadata.getVersionsList()))
            .put("platform", metadata.getPlatform())
            .put("inputs", tensors(metadata.getInputsList()))
            .put("outputs", tensors(metadata.getOutputsList()));
    RestReply.send(call.response(), json);
  }

  private static JsonArray tensors(List<TensorMetadata> tensors) {
    JsonArray json = new JsonArray();
    for (TensorMetadata tensor : tensors) {
      json.add(
          new JsonObject()
              .put("name", tensor.getName())
              .put("datatype", tensor.getDatatype())
              .put("shape", new JsonArray(tensor.getShapeList())));
    }
    return json;
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
        ModelInferRequest.newBuilder().setModelName(model(call)).setModelVersion(version(call));
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

  private static String model(RoutingContext call) {
    return Objects.requireNonNull(call.pathParam("model"));
  }

  private static String version(RoutingContext call) {
    @Nullable String version = call.pathParam("version");
    return version == null ? "" : version;
  }
}
