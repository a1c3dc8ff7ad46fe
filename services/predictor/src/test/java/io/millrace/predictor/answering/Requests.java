package io.millrace.predictor.answering;

import com.google.protobuf.ByteString;
import io.millrace.proto.inference.InferParameter;
import io.millrace.proto.inference.InferTensorContents;
import io.millrace.proto.inference.ModelInferRequest;
import io.millrace.proto.inference.ModelInferRequest.InferInputTensor;
import io.millrace.proto.inference.ModelInferRequest.InferRequestedOutputTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Requests to the model {@code echo}. */
public final class Requests {
  private Requests() {}

  public static ModelInferRequest.Builder to(String model) {
    return ModelInferRequest.newBuilder().setModelName(model).setId("request-1");
  }

  /** One row: a, b and c. */
  public static ModelInferRequest.Builder typed(float a, float b, float c) {
    return to("echo")
        .addInputs(typed("pair", List.of(1L, 2L), a, b))
        .addInputs(typed("c", List.of(1L, 1L), c));
  }

  /** One row: 2, 2 and c. Priority 1 is taken first. */
  public static ModelInferRequest.Builder prioritized(long priority, float c) {
    return typed(2, 2, c)
        .putParameters("priority", InferParameter.newBuilder().setInt64Param(priority).build());
  }

  public static InferRequestedOutputTensor requested(String name) {
    return InferRequestedOutputTensor.newBuilder().setName(name).build();
  }

  public static InferInputTensor.Builder typed(String name, List<Long> shape, float... values) {
    InferTensorContents.Builder contents = InferTensorContents.newBuilder();
    for (float value : values) {
      contents.addFp32Contents(value);
    }
    return tensor(name, "FP32", shape).setContents(contents);
  }

  public static InferInputTensor.Builder tensor(String name, String datatype, List<Long> shape) {
    return InferInputTensor.newBuilder().setName(name).setDatatype(datatype).addAllShape(shape);
  }

  public static ByteString floats(float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      bytes.putFloat(value);
    }
    return ByteString.copyFrom(bytes.flip());
  }
}
