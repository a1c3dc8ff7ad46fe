package io.millrace.predictor.rest;

import com.google.protobuf.ByteString;
import io.millrace.predictor.following.ServedModel;
import io.millrace.predictor.inference.AnsweringMetrics;
import io.millrace.predictor.inference.Caller;
import io.millrace.predictor.requests.FieldValues;
import io.millrace.predictor.requests.Refusal;
import io.millrace.proto.inference.ModelInferResponse;
import io.millrace.proto.inference.ModelInferResponse.InferOutputTensor;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.grpc.common.GrpcStatus;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The caller of KServe's V1 protocol. The answer has one prediction per row; if the model has
 * several outputs, a prediction is an object by output.
 */
final class KserveCaller extends Caller {
  private final HttpServerResponse http;

  KserveCaller(HttpServerRequest call, Context eventLoop, AnsweringMetrics metrics) {
    super(eventLoop, metrics);
    this.http = call.response();
    http.closeHandler(nothing -> end(GrpcStatus.CANCELLED));
    traceRest(call, "/v1/models/{model}:predict");
  }

  @Override
  protected void send(ServedModel model, ModelInferResponse response) {
    int rows = (int) response.getOutputs(0).getShape(0);
    JsonArray predictions = new JsonArray();
    for (int row = 0; row < rows; row++) {
      predictions.add(new JsonObject());
    }
    for (int i = 0; i < response.getOutputsCount(); i++) {
      add(predictions, response.getOutputs(i), response.getRawOutputContents(i));
    }
    RestReply.send(
        http,
        new JsonObject()
            .put("predictions", response.getOutputsCount() == 1 ? values(predictions) : predictions)
            .put("model_name", model.name())
            .put("model_version", model.version()));
  }

  @Override
  protected void send(Refusal refusal) {
    RestReply.refuse(http, refusal);
  }

  private static void add(JsonArray predictions, InferOutputTensor output, ByteString contents) {
    ByteBuffer values = contents.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    boolean text = output.getDatatype().equals(FieldValues.BYTES);
    for (int row = 0; row < predictions.size(); row++) {
      predictions
          .getJsonObject(row)
          .put(output.getName(), text ? text(values) : numbers(values, (int) output.getShape(1)));
    }
  }

  private static String text(ByteBuffer values) {
    byte[] text = new byte[values.getInt()];
    values.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }

  private static JsonArray numbers(ByteBuffer values, int width) {
    JsonArray numbers = new JsonArray();
    for (int column = 0; column < width; column++) {
      numbers.add(values.getFloat());
    }
    return numbers;
  }

  /** Unwraps predictions of a single output from its name. */
  private static JsonArray values(JsonArray predictions) {
    JsonArray values = new JsonArray();
    for (int row = 0; row < predictions.size(); row++) {
      predictions.getJsonObject(row).forEach(output -> values.add(output.getValue()));
    }
    return values;
  }
}
