package io.millrace.predictor.answering;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.predictor.following.RivalModels;
import io.millrace.predictor.following.ServedModels;
import io.millrace.predictor.following.TestModels;
import io.millrace.proto.inference.InferParameter;
import io.millrace.proto.inference.ModelInferResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers of a model with rivals name the rivals' shares in the version that has answered. */
class RivalAnswersTest {
  private static final String BODY =
      "{\"inputs\": [{\"name\": \"x\", \"datatype\": \"FP32\", \"shape\": [1, 1], \"data\": [4]}]}";

  private final ServedModels models = TestModels.serving(RivalModels.version(1, 0.25f, 0.75f));

  @AutoClose private RunningServer server;

  @BeforeEach
  void start() throws InterruptedException {
    server = new RunningServer(models);
  }

  @Test
  void infer_grpc_namesTheSharesOfTheVersion() {
    ModelInferResponse before = infer();
    TestModels.replaceAll(models, RivalModels.version(2, 0.5f, 0.5f));
    ModelInferResponse after = infer();

    assertThat(before.getRawOutputContents(0)).isEqualTo(Requests.floats(7));
    assertThat(shares(before.getParametersMap())).containsExactly(0.25, 0.75);
    assertThat(after.getRawOutputContents(0)).isEqualTo(Requests.floats(6));
    assertThat(shares(after.getParametersMap())).containsExactly(0.5, 0.5);
  }

  @Test
  void infer_rest_namesTheSharesOfTheVersion() {
    JsonObject answer =
        server.http(HttpMethod.POST, "/v2/models/echo/infer", BODY).body().toJsonObject();

    assertThat(answer.getJsonArray("outputs").getJsonObject(0).getJsonArray("data").getFloat(0))
        .isEqualTo(7);
    assertThat(answer.getJsonObject("parameters").getDouble("rival.same")).isEqualTo(0.25);
    assertThat(answer.getJsonObject("parameters").getDouble("rival.double")).isEqualTo(0.75);
  }

  private ModelInferResponse infer() {
    return server
        .infer(
            Requests.to("echo")
                .addInputs(Requests.tensor("x", "FP32", List.of(1L, 1L)))
                .addRawInputContents(Requests.floats(4)))
        .ok();
  }

  private static List<Double> shares(Map<String, InferParameter> parameters) {
    return List.of(
        Objects.requireNonNull(parameters.get("rival.same")).getDoubleParam(),
        Objects.requireNonNull(parameters.get("rival.double")).getDoubleParam());
  }
}
