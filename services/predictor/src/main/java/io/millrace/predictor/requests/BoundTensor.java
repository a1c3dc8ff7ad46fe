package io.millrace.predictor.requests;

import com.google.protobuf.ByteString;
import io.millrace.learning.features.Precision;
import io.millrace.predictor.following.Slot;
import io.millrace.proto.inference.InferTensorContents;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A tensor of a request and the slot that its values go to. Its shape and size are validated.
 *
 * @param raw little-endian contents; null if they are typed
 */
public record BoundTensor(
    String name,
    Slot slot,
    TensorDataType type,
    @Nullable ByteString raw,
    InferTensorContents typed) {

  /**
   * Writes the values into the rows of an input, starting at {@code firstRow}.
   *
   * @param input {@code [capacity, inputWidth]}
   * @return the tensor's index of the first value that is neither finite nor an allowed missing
   *     one, or -1
   */
  public int copyTo(float[] input, int inputWidth, int firstRow, int rows) {
    int start = firstRow * inputWidth;
    if (raw == null) {
      copyTyped(input, start, inputWidth, rows);
    } else {
      // The contents are part of the request's bytes; the slice starts at index 0.
      copyRaw(raw.asReadOnlyByteBuffer().slice(), input, start, inputWidth, rows);
    }
    return firstNotFinite(input, start, inputWidth, rows);
  }

  /**
   * Returns the tensor's index of the first value that is not an integer in [0, {@code bound}), or
   * -1. Reads the values that {@link #copyTo} wrote.
   */
  public int firstNoIndex(float[] input, int inputWidth, int firstRow, int rows, int bound) {
    int width = slot.width();
    int start = firstRow * inputWidth;
    for (int at = 0; at < rows * width; at++) {
      float value = input[start + at / width * inputWidth + slot.cell(at % width)];
      if (value < 0 || value >= bound || value != Math.rint(value)) {
        return at;
      }
    }
    return -1;
  }

  private void copyTyped(float[] input, int start, int stride, int rows) {
    int width = slot.width();
    for (int row = 0, at = 0; row < rows; row++) {
      for (int element = 0; element < width; element++) {
        write(type.element(typed, at++), element, input, start + row * stride);
      }
    }
  }

  private void copyRaw(ByteBuffer values, float[] input, int start, int stride, int rows) {
    values.order(ByteOrder.LITTLE_ENDIAN);
    int width = slot.width();
    if (type == TensorDataType.FP32 && slot.isBlock()) {
      copyFloats(values.asFloatBuffer(), input, start, stride, rows);
      return;
    }
    for (int row = 0, at = 0; row < rows; row++) {
      for (int element = 0; element < width; element++) {
        write(type.element(values, at++), element, input, start + row * stride);
      }
    }
  }

  private void copyFloats(FloatBuffer values, float[] input, int start, int stride, int rows) {
    int width = slot.width();
    for (int row = 0; row < rows; row++) {
      int cell = start + row * stride + slot.cell(0);
      values.get(input, cell, width);
      if (slot.rest(0) >= 0) {
        int rest = start + row * stride + slot.rest(0);
        for (int i = 0; i < width; i++) {
          input[rest + i] = Precision.rest(input[cell + i]);
        }
      }
    }
  }

  private void write(double value, int element, float[] input, int row) {
    input[row + slot.cell(element)] = (float) value;
    int rest = slot.rest(element);
    if (rest >= 0) {
      input[row + rest] = Precision.rest(value);
    }
  }

  private int firstNotFinite(float[] input, int start, int stride, int rows) {
    int width = slot.width();
    for (int row = 0; row < rows; row++) {
      for (int element = 0; element < width; element++) {
        float value = input[start + row * stride + slot.cell(element)];
        if (!Float.isFinite(value) && !(Float.isNaN(value) && slot.mayBeMissing(element))) {
          return row * width + element;
        }
      }
    }
    return -1;
  }
}
