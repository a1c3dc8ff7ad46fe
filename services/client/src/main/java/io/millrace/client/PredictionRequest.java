package io.millrace.client;

import com.google.protobuf.ByteString;
import io.millrace.proto.inference.InferParameter;
import io.millrace.proto.inference.ModelInferRequest;
import io.millrace.proto.inference.ModelInferRequest.InferInputTensor;
import io.millrace.proto.inference.ModelInferRequest.InferRequestedOutputTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Rows to predict: a matrix under an input's name, or a column under a field's name.
 *
 * <p>Confined to one thread until it is submitted; it must not be changed afterwards.
 */
public final class PredictionRequest {
  /** Millrace's length of a missing value. */
  private static final int MISSING = -1;

  private final ModelInferRequest.Builder message = ModelInferRequest.newBuilder();

  private PredictionRequest() {}

  public static PredictionRequest to(String model) {
    PredictionRequest request = new PredictionRequest();
    request.message.setModelName(model);
    return request;
  }

  /** Requests a version instead of the one in service. */
  public PredictionRequest version(String version) {
    message.setModelVersion(version);
    return this;
  }

  /** Sets the request's id, which the answer repeats. */
  public PredictionRequest id(String id) {
    message.setId(id);
    return this;
  }

  /** Names the key whose model of a fleet answers. All rows of a request have one key. */
  public PredictionRequest key(String key) {
    message.putParameters("key", InferParameter.newBuilder().setStringParam(key).build());
    return this;
  }

  /** Requests an output. Without any, all outputs are returned. */
  public PredictionRequest output(String name) {
    message.addOutputs(InferRequestedOutputTensor.newBuilder().setName(name));
    return this;
  }

  /**
   * Adds numbers, sent as FP32.
   *
   * @param input the name of an input or of a field
   * @param rows at least one, all of the same width
   */
  public PredictionRequest numbers(String input, float[]... rows) {
    int width = rows.length == 0 ? 0 : rows[0].length;
    ByteBuffer bytes = ByteBuffer.allocate(rows.length * width * Float.BYTES);
    bytes.order(ByteOrder.LITTLE_ENDIAN);
    for (float[] row : rows) {
      requireWidth(input, row.length, width);
      for (float value : row) {
        bytes.putFloat(value);
      }
    }
    return add(tensor(input, "FP32", rows.length).addShape(width), bytes);
  }

  /**
   * Adds numbers, sent as FP64, for values that single precision would truncate, such as seconds
   * since 1970.
   *
   * @param input the name of an input or of a field
   * @param rows at least one, all of the same width
   */
  public PredictionRequest numbers(String input, double[]... rows) {
    int width = rows.length == 0 ? 0 : rows[0].length;
    ByteBuffer bytes = ByteBuffer.allocate(rows.length * width * Double.BYTES);
    bytes.order(ByteOrder.LITTLE_ENDIAN);
    for (double[] row : rows) {
      requireWidth(input, row.length, width);
      for (double value : row) {
        bytes.putDouble(value);
      }
    }
    return add(tensor(input, "FP64", rows.length).addShape(width), bytes);
  }

  /**
   * Adds texts, one per row.
   *
   * @param input the name of a field
   * @param rows the texts; null for a missing value, where the field allows one
   */
  public PredictionRequest texts(String input, @Nullable String... rows) {
    byte[][] encoded = new byte[rows.length][];
    int size = 0;
    for (int i = 0; i < rows.length; i++) {
      encoded[i] = encoded(rows[i]);
      size += Integer.BYTES + encoded[i].length;
    }
    ByteBuffer bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < rows.length; i++) {
      bytes.putInt(rows[i] == null ? MISSING : encoded[i].length).put(encoded[i]);
    }
    return add(tensor(input, "BYTES", rows.length), bytes);
  }

  ModelInferRequest message() {
    return message.build();
  }

  private static void requireWidth(String input, int found, int width) {
    if (found != width) {
      throw new IllegalArgumentException(
          "input '%s' has a row of %d numbers after one of %d; expected rows of equal width"
              .formatted(input, found, width));
    }
  }

  private static byte[] encoded(@Nullable String text) {
    return text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
  }

  private PredictionRequest add(InferInputTensor.Builder tensor, ByteBuffer contents) {
    message.addInputs(tensor);
    message.addRawInputContents(ByteString.copyFrom(contents.flip()));
    return this;
  }

  private static InferInputTensor.Builder tensor(String name, String datatype, int rows) {
    return InferInputTensor.newBuilder().setName(name).setDatatype(datatype).addShape(rows);
  }
}
