package io.millrace.predictor.answering;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.millrace.predictor.answering.RunningServer.Answer;
import io.millrace.predictor.following.ServedModels;
import io.millrace.predictor.following.TestModels;
import io.millrace.proto.inference.InferParameter;
import io.millrace.proto.inference.InferTensorContents;
import io.millrace.proto.inference.ModelInferRequest;
import io.millrace.proto.inference.ModelInferRequest.InferRequestedOutputTensor;
import io.millrace.proto.inference.ModelInferResponse;
import io.vertx.grpc.common.GrpcStatus;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class GrpcInferenceTest {
  @AutoClose private static RunningServer server;

  @BeforeAll
  static void start() throws InterruptedException {
    ServedModels models = TestModels.serving(TestModels.echo(6), TestModels.echo(7));
    server = new RunningServer(models);
  }

  @Test
  void modelInfer_typedMatrices_answersTyped() {
    ModelInferResponse response = server.infer(Requests.typed(0.25f, 0.75f, 3)).ok();

    assertThat(response.getModelName()).isEqualTo("echo");
    assertThat(response.getModelVersion()).isEqualTo("7");
    assertThat(response.getId()).isEqualTo("request-1");
    assertThat(response.getParametersOrThrow("position").getStringParam())
        .isEqualTo("echoes-0:12,echoes-1:7");
    assertThat(response.getRawOutputContentsCount()).isZero();
    assertThat(response.getOutputsList())
        .extracting(output -> output.getName() + output.getShapeList() + output.getDatatype())
        .containsExactly("choice[1, 2]FP32", "choice_class[1]BYTES", "sum[1, 1]FP32");
    assertThat(response.getOutputs(0).getContents().getFp32ContentsList())
        .containsExactly(0.25f, 0.75f);
    assertThat(response.getOutputs(1).getContents().getBytesContentsList())
        .containsExactly(ByteString.copyFromUtf8("yes"));
    assertThat(response.getOutputs(2).getContents().getFp32ContentsList()).containsExactly(4f);
  }

  @Test
  void modelInfer_rawMatrices_answersRaw() {
    ModelInferRequest.Builder request =
        Requests.to("echo")
            .addInputs(Requests.tensor("c", "FP32", List.of(2L, 1L)))
            .addInputs(Requests.tensor("pair", "FP32", List.of(2L, 2L)))
            .addRawInputContents(Requests.floats(5, 6))
            .addRawInputContents(Requests.floats(1, 0, 2, 4));

    ModelInferResponse response = server.infer(request).ok();

    assertThat(response.getOutputs(0).hasContents()).isFalse();
    assertThat(response.getRawOutputContentsList())
        .containsExactly(
            Requests.floats(1, 0, 2, 4),
            ByteString.copyFromUtf8("\2\0\0\0no\3\0\0\0yes"),
            Requests.floats(6, 12));
  }

  @Test
  void modelInfer_rawFieldsOfOtherTypes_areConverted() {
    ModelInferRequest.Builder request =
        Requests.to("echo")
            .addInputs(Requests.tensor("a", "FP64", List.of(1L)))
            .addInputs(Requests.tensor("b", "INT64", List.of(1L)))
            .addInputs(Requests.tensor("c", "BF16", List.of(1L)))
            .addRawInputContents(bytes(bytes(8).putDouble(0.5)))
            .addRawInputContents(bytes(bytes(8).putLong(-2)))
            .addRawInputContents(bytes(bytes(2).putShort((short) 0x4020)));

    ModelInferResponse response = server.infer(request).ok();

    assertThat(response.getRawOutputContents(0)).isEqualTo(Requests.floats(0.5f, -2));
    assertThat(response.getRawOutputContents(2)).isEqualTo(Requests.floats(1));
  }

  @Test
  void modelInfer_tensorPerField_fillsTheColumns() {
    ModelInferRequest.Builder request =
        Requests.to("echo")
            .addInputs(Requests.typed("b", List.of(2L), 3, 4))
            .addInputs(Requests.typed("c", List.of(2L), 5, 6))
            .addInputs(Requests.typed("a", List.of(2L, 1L), 1, 2));

    ModelInferResponse response = server.infer(request).ok();

    assertThat(response.getOutputs(0).getContents().getFp32ContentsList())
        .containsExactly(1f, 3f, 2f, 4f);
    assertThat(response.getOutputs(2).getContents().getFp32ContentsList()).containsExactly(9f, 12f);
  }

  @Test
  void modelInfer_requestedOutputs_answersThoseInTheirOrder() {
    ModelInferRequest.Builder request =
        Requests.typed(1, 0, 3).addOutputs(requested("sum")).addOutputs(requested("choice_class"));

    ModelInferResponse response = server.infer(request).ok();

    assertThat(response.getOutputsList())
        .extracting(ModelInferResponse.InferOutputTensor::getName)
        .containsExactly("sum", "choice_class");
  }

  @Test
  void modelInfer_retainedVersion_answersFromIt() {
    assertThat(server.infer(Requests.typed(1, 0, 3).setModelVersion("6")).ok().getModelVersion())
        .isEqualTo("6");
  }

  @Test
  void modelInfer_versionByWhatItIs_answersFromIt() {
    assertThat(
            server.infer(Requests.typed(1, 0, 3).setModelVersion("latest")).ok().getModelVersion())
        .isEqualTo("7");
    assertThat(
            server
                .infer(Requests.typed(1, 0, 3).setModelVersion("champion"))
                .ok()
                .getModelVersion())
        .isEqualTo("7");
    assertRefused(
        Requests.typed(1, 0, 3).setModelVersion("challenger"),
        GrpcStatus.NOT_FOUND,
        "model 'echo' has no version newer than its champion");
  }

  @Test
  void modelInfer_always_saysHowStaleTheVersionIs() {
    ModelInferResponse response = server.infer(Requests.typed(1, 0, 3)).ok();

    assertThat(response.getParametersOrThrow("staleness_seconds").getDoubleParam()).isEqualTo(3);
  }

  @Test
  void modelInfer_priorityThatIsNoNumber_isRefused() {
    InferParameter high = InferParameter.newBuilder().setStringParam("high").build();
    assertRefused(
        Requests.typed(1, 0, 3).putParameters("priority", high),
        GrpcStatus.INVALID_ARGUMENT,
        "parameter 'priority' is a text; expected a whole number, 0 or more");
  }

  @Test
  void modelInfer_unknownVersion_isNotFound() {
    assertRefused(
        Requests.typed(1, 0, 3).setModelVersion("5"),
        GrpcStatus.NOT_FOUND,
        "model 'echo' has no version '5'; retained are 7, 6");
  }

  @Test
  void modelInfer_unknownModel_isNotFound() {
    assertRefused(
        Requests.to("other"),
        GrpcStatus.NOT_FOUND,
        "model 'other' is unknown; this server has [echo]");
  }

  @Test
  void modelInfer_unknownInput_namesWhatIsExpected() {
    assertRefused(
        Requests.to("echo").addInputs(Requests.typed("d", List.of(1L), 1)),
        GrpcStatus.INVALID_ARGUMENT,
        "input 'd' is unknown; model 'echo' expects 'pair' [rows, 2] or its fields, each [rows]:"
            + " [a, b] and 'c' [rows, 1] or its fields, each [rows]: [c]");
  }

  @Test
  void modelInfer_missingField_namesIt() {
    assertRefused(
        Requests.to("echo")
            .addInputs(Requests.typed("a", List.of(1L), 1))
            .addInputs(Requests.typed("c", List.of(1L), 1)),
        GrpcStatus.INVALID_ARGUMENT,
        "input 'b' is missing; model 'echo' expects 'pair' [rows, 2] or its fields, each [rows]:"
            + " [a, b] and 'c' [rows, 1] or its fields, each [rows]: [c]");
  }

  @Test
  void modelInfer_fieldBesideItsMatrix_isRefused() {
    assertRefused(
        Requests.typed(1, 2, 3).addInputs(Requests.typed("b", List.of(1L), 1)),
        GrpcStatus.INVALID_ARGUMENT,
        "input 'b' gives column 'b' a second time; expected every column once");
  }

  @Test
  void modelInfer_wrongShape_namesTensorShapeAndExpectation() {
    assertRefused(
        Requests.to("echo").addInputs(Requests.typed("pair", List.of(1L, 3L), 1, 2, 3)),
        GrpcStatus.INVALID_ARGUMENT,
        "input 'pair' has shape [1, 3]; expected [rows, 2]");
  }

  @Test
  void modelInfer_tooManyRows_namesTheLimit() {
    assertRefused(
        Requests.to("echo").addInputs(Requests.typed("c", List.of(5L, 1L), 1, 2, 3, 4, 5)),
        GrpcStatus.INVALID_ARGUMENT,
        "input 'c' has shape [5, 1]; expected 1 to 4 rows");
  }

  @Test
  void modelInfer_differentRows_areRefused() {
    assertRefused(
        Requests.to("echo")
            .addInputs(Requests.typed("pair", List.of(1L, 2L), 1, 2))
            .addInputs(Requests.typed("c", List.of(2L), 1, 2)),
        GrpcStatus.INVALID_ARGUMENT,
        "input 'c' has 2 rows; expected 1 as in input 'pair'");
  }

  @Test
  void modelInfer_textForNumbers_isRefused() {
    assertRefused(
        Requests.to("echo").addInputs(Requests.tensor("c", "BYTES", List.of(1L))),
        GrpcStatus.INVALID_ARGUMENT,
        "input 'c' has datatype 'BYTES'; expected numbers such as FP32, FP64, INT32 or INT64");
  }

  @Test
  void modelInfer_contentsOfAnotherType_areRefused() {
    InferTensorContents doubles = InferTensorContents.newBuilder().addFp64Contents(1).build();
    assertRefused(
        Requests.to("echo")
            .addInputs(Requests.tensor("c", "FP32", List.of(1L)).setContents(doubles)),
        GrpcStatus.INVALID_ARGUMENT,
        "input 'c' has 0 elements in the contents for FP32; expected 1 for shape [1]");
  }

  @Test
  void modelInfer_halfPrecisionTyped_isRefused() {
    assertRefused(
        Requests.to("echo").addInputs(Requests.tensor("c", "FP16", List.of(1L))),
        GrpcStatus.INVALID_ARGUMENT,
        "input 'c' has datatype FP16, which has no typed contents; expected raw_input_contents");
  }

  @Test
  void modelInfer_rawBesideTyped_isRefused() {
    assertRefused(
        Requests.typed(1, 2, 3)
            .addRawInputContents(Requests.floats(1, 2))
            .addRawInputContents(Requests.floats(3)),
        GrpcStatus.INVALID_ARGUMENT,
        "input 'pair' has typed contents beside raw_input_contents; expected one or the other");
  }

  @Test
  void modelInfer_rawForSomeInputs_isRefused() {
    assertRefused(
        Requests.typed(1, 2, 3).addRawInputContents(Requests.floats(1, 2)),
        GrpcStatus.INVALID_ARGUMENT,
        "the request has 1 raw_input_contents for 2 inputs; expected one for each");
  }

  @Test
  void modelInfer_rawOfWrongLength_isRefused() {
    assertRefused(
        Requests.to("echo")
            .addInputs(Requests.tensor("c", "FP32", List.of(2L)))
            .addRawInputContents(Requests.floats(1)),
        GrpcStatus.INVALID_ARGUMENT,
        "input 'c' has 4 bytes of raw contents; expected 8 for shape [2] of FP32");
  }

  @Test
  void modelInfer_notANumber_namesRowAndColumn() {
    assertRefused(
        Requests.typed(1, Float.NaN, 3),
        GrpcStatus.INVALID_ARGUMENT,
        "input 'pair' is not finite in row 0, column 1; expected finite numbers");
  }

  @Test
  void modelInfer_unknownOutput_isRefused() {
    assertRefused(
        Requests.typed(1, 2, 3).addOutputs(requested("class")),
        GrpcStatus.INVALID_ARGUMENT,
        "output 'class' is unknown; model 'echo' has 'choice', 'choice_class', 'sum'");
  }

  private static ByteBuffer bytes(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static ByteString bytes(ByteBuffer written) {
    return ByteString.copyFrom(written.flip());
  }

  private static InferRequestedOutputTensor requested(String name) {
    return InferRequestedOutputTensor.newBuilder().setName(name).build();
  }

  private static void assertRefused(
      ModelInferRequest.Builder request, GrpcStatus status, String reason) {
    Answer<ModelInferResponse> answer = server.infer(request);

    assertThat(answer.reason()).isEqualTo(reason);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.message()).isNull();
  }
}
