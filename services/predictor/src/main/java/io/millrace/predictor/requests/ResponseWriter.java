package io.millrace.predictor.requests;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.millrace.predictor.following.ModelSignature.Output;
import io.millrace.proto.inference.InferTensorContents;
import io.millrace.proto.inference.ModelInferResponse;
import io.millrace.proto.inference.ModelInferResponse.InferOutputTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Writes the answer to a call from its rows of the network's outputs. The contents are raw or typed
 * as in the request.
 */
public final class ResponseWriter {
  private ResponseWriter() {}

  /**
   * Returns the answer to a call whose rows start at {@code firstRow} of the batch, without what
   * all answers of the version share.
   */
  public static ModelInferResponse write(InferenceCall call, int firstRow) {
    ModelInferResponse.Builder response = ModelInferResponse.newBuilder().setId(call.id());
    for (Output output : call.outputs()) {
      addOutput(response, call, output, firstRow);
    }
    return response.build();
  }

  private static void addOutput(
      ModelInferResponse.Builder response, InferenceCall call, Output output, int firstRow) {
    InferOutputTensor.Builder tensor =
        InferOutputTensor.newBuilder().setName(output.name()).addShape(call.rows());
    float[] values = call.model().computation().output(output.source());
    if (output.ranked() > 0) {
      addRanking(response, call, tensor, Ranking.of(values, firstRow, call.rows(), output));
      return;
    }
    if (output.isClass()) {
      tensor.setDatatype("BYTES");
    } else {
      tensor.setDatatype("FP32").addShape(output.width());
    }
    if (call.raw()) {
      response.addRawOutputContents(
          output.isClass()
              ? rawClasses(values, firstRow, call.rows(), output)
              : rawNumbers(values, firstRow, call.rows(), output.width()));
    } else {
      tensor.setContents(
          output.isClass()
              ? typedClasses(values, firstRow, call.rows(), output)
              : typedNumbers(values, firstRow, call.rows(), output.width()));
    }
    response.addOutputs(tensor);
  }

  private static void addRanking(
      ModelInferResponse.Builder response,
      InferenceCall call,
      InferOutputTensor.Builder tensor,
      List<ByteString> texts) {
    tensor.setDatatype("BYTES").addShape(texts.size() / call.rows());
    if (call.raw()) {
      response.addRawOutputContents(rawTexts(texts));
    } else {
      tensor.setContents(InferTensorContents.newBuilder().addAllBytesContents(texts));
    }
    response.addOutputs(tensor);
  }

  private static ByteString rawTexts(List<ByteString> texts) {
    int size = texts.stream().mapToInt(text -> Integer.BYTES + text.size()).sum();
    ByteBuffer bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    texts.forEach(text -> text.copyTo(bytes.putInt(text.size())));
    return UnsafeByteOperations.unsafeWrap(bytes.array());
  }

  private static ByteString rawNumbers(float[] values, int firstRow, int rows, int width) {
    byte[] bytes = new byte[rows * width * Float.BYTES];
    ByteBuffer.wrap(bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .put(values, firstRow * width, rows * width);
    return UnsafeByteOperations.unsafeWrap(bytes); // the array is not shared
  }

  private static InferTensorContents typedNumbers(
      float[] values, int firstRow, int rows, int width) {
    InferTensorContents.Builder contents = InferTensorContents.newBuilder();
    int end = (firstRow + rows) * width;
    for (int i = firstRow * width; i < end; i++) {
      contents.addFp32Contents(values[i]);
    }
    return contents.build();
  }

  /** In raw contents, every text follows its length, a little-endian 32-bit number. */
  private static ByteString rawClasses(float[] values, int firstRow, int rows, Output output) {
    int[] classes = new int[rows];
    int size = rows * Integer.BYTES;
    for (int row = 0; row < rows; row++) {
      classes[row] = likeliest(values, firstRow + row, output);
      size += output.classes().get(classes[row]).size();
    }
    ByteBuffer bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    for (int index : classes) {
      ByteString name = output.classes().get(index);
      bytes.putInt(name.size());
      name.copyTo(bytes);
    }
    return UnsafeByteOperations.unsafeWrap(bytes.array());
  }

  private static InferTensorContents typedClasses(
      float[] values, int firstRow, int rows, Output output) {
    List<ByteString> names = output.classes();
    InferTensorContents.Builder contents = InferTensorContents.newBuilder();
    for (int row = firstRow; row < firstRow + rows; row++) {
      contents.addBytesContents(names.get(likeliest(values, row, output)));
    }
    return contents.build();
  }

  /**
   * Returns the class of a row: the column of the largest value, the first if several are equal. A
   * single number means the second of two classes if it is above the boundary.
   */
  private static int likeliest(float[] values, int row, Output output) {
    int width = output.width();
    int start = row * width;
    if (width == 1) {
      return values[start] > output.boundary() ? 1 : 0;
    }
    int best = 0;
    for (int column = 1; column < width; column++) {
      if (values[start + column] > values[start + best]) {
        best = column;
      }
    }
    return best;
  }
}
