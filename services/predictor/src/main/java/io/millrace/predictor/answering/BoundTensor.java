package io.millrace.predictor.answering;

import com.google.protobuf.ByteString;
import io.millrace.predictor.following.ModelSignature;
import io.millrace.predictor.following.ModelSignature.Slot;
import io.millrace.proto.inference.InferTensorContents;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * A tensor of a request together with where its values go; its shape and its size are checked.
 *
 * @param raw little-endian contents, or null where they are typed
 */
record BoundTensor(
    String name, Slot slot, DataType type, @Nullable ByteString raw, InferTensorContents typed) {

  /**
   * Writes the values into the rows of an input from {@code firstRow} on.
   *
   * @param input {@code [capacity, inputWidth]}
   * @return the index of the first value that is not finite and not allowed to be missing, or -1
   */
  int copyTo(float[] input, int inputWidth, int firstRow, int rows, ModelSignature signature) {
    int start = firstRow * inputWidth + slot.column();
    int elements = rows * slot.width();
    if (raw == null) {
      copyTyped(input, start, inputWidth, elements);
    } else {
      // The contents are a piece of the request's bytes: a slice makes them start at index 0.
      copyRaw(raw.asReadOnlyByteBuffer().slice(), input, start, inputWidth, elements);
    }
    return firstNotFinite(input, start, inputWidth, elements, signature);
  }

  /**
   * Returns the index of the first of the tensor's values that is no whole number from 0 and below
   * {@code bound}, or -1; the values are those that {@link #copyTo} wrote.
   */
  int firstNoIndex(float[] input, int inputWidth, int firstRow, int rows, int bound) {
    int width = slot.width();
    int start = firstRow * inputWidth + slot.column();
    for (int at = 0; at < rows * width; at++) {
      float value = input[start + at / width * inputWidth + at % width];
      if (value < 0 || value >= bound || value != Math.rint(value)) {
        return at;
      }
    }
    return -1;
  }

  private void copyTyped(float[] input, int start, int stride, int elements) {
    int width = slot.width();
    for (int at = 0, row = start; at < elements; row += stride) {
      for (int column = 0; column < width; column++) {
        input[row + column] = type.element(typed, at++);
      }
    }
  }

  private void copyRaw(ByteBuffer values, float[] input, int start, int stride, int elements) {
    values.order(ByteOrder.LITTLE_ENDIAN);
    int width = slot.width();
    if (type == DataType.FP32 && width == stride) {
      values.asFloatBuffer().get(input, start, elements);
      return;
    }
    for (int at = 0, row = start; at < elements; row += stride) {
      for (int column = 0; column < width; column++) {
        input[row + column] = type.element(values, at++);
      }
    }
  }

  private int firstNotFinite(
      float[] input, int start, int stride, int elements, ModelSignature signature) {
    int width = slot.width();
    for (int at = 0, row = start; at < elements; row += stride) {
      for (int column = 0; column < width; column++, at++) {
        if (!Float.isFinite(input[row + column])
            && !isMissing(input[row + column], signature, slot.position() + column)) {
          return at;
        }
      }
    }
    return -1;
  }

  private static boolean isMissing(float value, ModelSignature signature, int position) {
    return Float.isNaN(value) && signature.mayBeMissing(position);
  }
}
