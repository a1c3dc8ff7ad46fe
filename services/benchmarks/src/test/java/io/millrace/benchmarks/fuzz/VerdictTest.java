package io.millrace.benchmarks.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.benchmarks.fuzz.EchoOracle.Expected;
import io.millrace.proto.inference.InferParameter;
import io.millrace.proto.inference.InferTensorContents;
import io.millrace.proto.inference.ModelInferRequest;
import io.millrace.proto.inference.ModelInferRequest.InferInputTensor;
import io.millrace.proto.inference.ModelInferRequest.InferRequestedOutputTensor;
import io.millrace.proto.inference.ModelInferResponse;
import io.millrace.proto.inference.ModelInferResponse.InferOutputTensor;
import io.millrace.quickstart.EchoModel;
import io.vertx.core.buffer.Buffer;
import io.vertx.grpc.common.GrpcStatus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VerdictTest {
  @Test
  void problem_rightAnswer_isNone() {
    assertThat(verdict(right().build(), GrpcStatus.OK, answer("1", 7))).isNull();
  }

  @Test
  void problem_wrongValueVersionOrStatus_isTold() {
    ModelInferRequest right = right().build();

    assertThat(verdict(right, GrpcStatus.OK, answer("1", 8))).startsWith("sum is [8.0]");
    assertThat(verdict(right, GrpcStatus.OK, answer("2", 7))).startsWith("its version is 2");
    assertThat(verdict(right, GrpcStatus.INTERNAL, null)).startsWith("INTERNAL where it is OK");
  }

  @Test
  void problem_whatIsNoRequest_hasToBeRefusedByItsStatus() {
    ModelInferRequest other = right().setModelName("other").build();
    ModelInferRequest wrong = right().clearInputs().build();

    assertThat(verdict(other, GrpcStatus.NOT_FOUND, null)).isNull();
    assertThat(verdict(wrong, GrpcStatus.INVALID_ARGUMENT, null)).isNull();
    assertThat(verdict(wrong, GrpcStatus.NOT_FOUND, null)).isNotNull();
    assertThat(verdict(wrong, GrpcStatus.OK, answer("1", 7))).startsWith("answered what is");
  }

  @Test
  void problem_late_isAllowedWhereTheRequestHasATimeout() {
    ModelInferRequest.Builder request = right();

    assertThat(verdict(request.build(), GrpcStatus.DEADLINE_EXCEEDED, null)).isNotNull();

    request.putParameters("timeout", InferParameter.newBuilder().setInt64Param(2).build());
    assertThat(verdict(request.build(), GrpcStatus.DEADLINE_EXCEEDED, null)).isNull();
  }

  private static @Nullable String verdict(
      ModelInferRequest request, GrpcStatus status, @Nullable ModelInferResponse answer) {
    Expected expected = EchoOracle.expected(request.toByteArray());
    Buffer message = answer == null ? null : Buffer.buffer(answer.toByteArray());
    return Verdict.problem(expected, status, message);
  }

  /** Returns a request to version 1 for 1 + 2 + 3 + 1. */
  private static ModelInferRequest.Builder right() {
    return ModelInferRequest.newBuilder()
        .setModelName(EchoModel.NAME)
        .setModelVersion("1")
        .addInputs(input("pair", 1, 2))
        .addInputs(input("c", 3))
        .addOutputs(InferRequestedOutputTensor.newBuilder().setName("sum"));
  }

  private static InferInputTensor input(String name, float... values) {
    InferTensorContents.Builder contents = InferTensorContents.newBuilder();
    for (float value : values) {
      contents.addFp32Contents(value);
    }
    return InferInputTensor.newBuilder()
        .setName(name)
        .setDatatype("FP32")
        .addShape(1)
        .addShape(values.length)
        .setContents(contents)
        .build();
  }

  private static ModelInferResponse answer(String version, float sum) {
    return ModelInferResponse.newBuilder()
        .setModelName(EchoModel.NAME)
        .setModelVersion(version)
        .addOutputs(
            InferOutputTensor.newBuilder()
                .setName("sum")
                .setDatatype("FP32")
                .addShape(1)
                .addShape(1)
                .setContents(InferTensorContents.newBuilder().addFp32Contents(sum)))
        .build();
  }
}
