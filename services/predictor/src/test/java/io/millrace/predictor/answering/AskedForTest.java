package io.millrace.predictor.answering;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.millrace.predictor.following.TestModels;
import io.millrace.proto.inference.InferParameter;
import io.millrace.proto.inference.ModelInferRequest;
import io.millrace.proto.inference.ModelInferRequest.InferRequestedOutputTensor;
import io.millrace.proto.inference.ModelInferResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.grpc.common.GrpcStatus;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every request is carried out or refused with a message; nothing is ignored. */
class AskedForTest {
  private static final InferParameter ONE = InferParameter.newBuilder().setInt64Param(1).build();
  private static final String INFER = "/v2/models/echo/infer";

  @AutoClose private static RunningServer server;

  @BeforeAll
  static void start() throws InterruptedException {
    server = new RunningServer(TestModels.serving(TestModels.echo(7)));
  }

  @Test
  void classification_grpcTyped_tellsTheLikeliestFirst() {
    ModelInferResponse answer =
        server.infer(Requests.typed(0.25f, 3, 0).addOutputs(ranked(5))).ok();

    assertThat(answer.getOutputs(0).getDatatype()).isEqualTo("BYTES");
    assertThat(answer.getOutputs(0).getShapeList()).containsExactly(1L, 2L);
    assertThat(answer.getOutputs(0).getContents().getBytesContentsList())
        .extracting(ByteString::toStringUtf8)
        .containsExactly("3.0:1:yes", "0.25:0:no");
  }

  @Test
  void classification_grpcRaw_isBehindLengths() {
    ModelInferRequest.Builder request =
        Requests.to("echo")
            .addInputs(Requests.tensor("pair", "FP32", List.of(2L, 2L)))
            .addInputs(Requests.tensor("c", "FP32", List.of(2L)))
            .addRawInputContents(Requests.floats(1, 2, 4, 3))
            .addRawInputContents(Requests.floats(0, 0))
            .addOutputs(ranked(1));

    ModelInferResponse answer = server.infer(request).ok();

    assertThat(answer.getOutputs(0).getShapeList()).containsExactly(2L, 1L);
    assertThat(answer.getRawOutputContents(0).toStringUtf8())
        .isEqualTo("\t\0\0\0002.0:1:yes\b\0\0\0004.0:0:no");
  }

  @Test
  void classification_rest_tellsTheLikeliestFirst() {
    RunningServer.HttpAnswer answer =
        post("", "", ", \"outputs\": [" + restOutput("choice", "\"classification\": 2") + "]");

    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
    assertThat(answer.body().toJsonObject().getJsonArray("outputs"))
        .isEqualTo(
            new JsonArray(
                """
                [{"name": "choice", "datatype": "BYTES", "shape": [1, 2],
                  "data": ["2.0:1:yes", "1.0:0:no"]}]
                """));
  }

  @Test
  void output_askedForTwice_isRefused() {
    InferRequestedOutputTensor sum = InferRequestedOutputTensor.newBuilder().setName("sum").build();
    String reason = "output 'sum' is asked for twice; expected once";

    assertRefused(Requests.typed(1, 2, 3).addOutputs(sum).addOutputs(sum), reason);
    RunningServer.HttpAnswer answer =
        post(
            "",
            "",
            ", \"outputs\": [%s, %s]"
                .formatted(
                    restOutput("sum", "\"binary_data\": true"),
                    restOutput("sum", "\"binary_data\": false")));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().toJsonObject().getString("error")).startsWith(reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sum", "choice_class"})
  void classification_ofWhatHasNoScores_isRefused(String output) {
    RunningServer.Answer<ModelInferResponse> answer =
        server.infer(Requests.typed(1, 2, 3).addOutputs(ranked(1).toBuilder().setName(output)));

    assertThat(answer.status()).isEqualTo(GrpcStatus.INVALID_ARGUMENT);
    assertThat(answer.reason()).startsWith("output '" + output + "' has no scores of classes");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sequence_id | the request has the parameter 'sequence_id', but sequences are not offered",
        "sequence_end | the request has the parameter 'sequence_end', but sequences are not",
        "mood | the request has an unknown parameter 'mood'; expected ",
      })
  void requestParameter_notKnown_isRefused(String name, String reason) {
    assertRefused(Requests.typed(1, 2, 3).putParameters(name, ONE), reason);
    assertRefused(post("", ", \"parameters\": {\"" + name + "\": 1}", ""), reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "shared_memory_region | has the parameter 'shared_memory_region', but shared memory is not",
        "mood | has an unknown parameter 'mood'; expected",
      })
  void tensorParameter_notKnown_isRefused(String name, String reason) {
    ModelInferRequest.Builder input = Requests.typed(1, 2, 3);
    input.getInputsBuilder(1).putParameters(name, ONE);
    InferRequestedOutputTensor output =
        InferRequestedOutputTensor.newBuilder().setName("sum").putParameters(name, ONE).build();

    assertRefused(input, "input 'c' " + reason);
    assertRefused(Requests.typed(1, 2, 3).addOutputs(output), "output 'sum' " + reason);
    assertRefused(post(", \"parameters\": {\"" + name + "\": 1}", "", ""), "an input " + reason);
    String outputs = ", \"outputs\": [" + restOutput("sum", "\"" + name + "\": 1") + "]";
    assertRefused(post("", "", outputs), "an output " + reason);
  }

  @Test
  void rest_unknownMember_isRefused() {
    assertRefused(post("", ", \"output\": []", ""), "a request has no member 'output'");
    assertRefused(post(", \"contents\": []", "", ""), "an input has no member 'contents'");
    assertRefused(
        post("", ", \"model_name\": \"other\"", ""), "model_name is not that of the path");
    assertThat(post("", ", \"model_name\": \"echo\"", "").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /v2/repository/models/echo/load",
    "POST, /v2/repository/models/echo/unload",
    "GET, /v2/systemsharedmemory/status",
    "POST, /v2/systemsharedmemory/region/mine/register",
    "POST, /v2/systemsharedmemory/unregister",
    "GET, /v2/cudasharedmemory/region/mine/status",
    "GET, /v2/trace/setting",
    "POST, /v2/models/echo/trace/setting",
    "GET, /v2/logging",
  })
  void rest_extensionsThatAreNotOffered_saySo(String method, String path) {
    RunningServer.HttpAnswer answer = server.http(HttpMethod.valueOf(method), path, "{}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().toJsonObject().getString("error")).contains(" not ");
  }

  private static void assertRefused(ModelInferRequest.Builder request, String reason) {
    RunningServer.Answer<ModelInferResponse> answer = server.infer(request);
    assertThat(answer.status()).isEqualTo(GrpcStatus.INVALID_ARGUMENT);
    assertThat(answer.reason()).startsWith(reason);
  }

  private static void assertRefused(RunningServer.HttpAnswer answer, String reason) {
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().toJsonObject().getString("error"))
        .startsWith("the body is no inference request: " + reason);
  }

  private static InferRequestedOutputTensor ranked(long count) {
    return InferRequestedOutputTensor.newBuilder()
        .setName("choice")
        .putParameters("classification", InferParameter.newBuilder().setInt64Param(count).build())
        .build();
  }

  private static String restOutput(String name, String parameter) {
    return "{\"name\": \"%s\", \"parameters\": {%s}}".formatted(name, parameter);
  }

  /**
   * Sends an inference request with further members of an input and of the request, and with
   * outputs.
   */
  private static RunningServer.HttpAnswer post(String ofInput, String ofRequest, String outputs) {
    String body =
        """
        {"inputs": [
          {"name": "pair", "datatype": "FP32", "shape": [1, 2], "data": [1, 2]},
          {"name": "c", "datatype": "FP32", "shape": [1], "data": [3]%s}]%s%s}
        """
            .formatted(ofInput, ofRequest, outputs);
    return server.http(HttpMethod.POST, INFER, body);
  }
}
