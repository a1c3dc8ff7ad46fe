package io.millrace.predictor.requests;

import com.google.protobuf.ByteString;
import io.millrace.learning.features.Misfit;
import io.millrace.learning.features.RawForm;
import io.millrace.learning.features.TermName;
import io.millrace.proto.inference.InferTensorContents;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The elements of a tensor of numbers or booleans as text. A field of names takes them with all
 * their digits.
 */
final class WrittenNumbers {
  private final TensorDataType type;
  private final @Nullable ByteBuffer raw;
  private final InferTensorContents typed;

  /**
   * @param raw little-endian contents; null if they are typed
   */
  WrittenNumbers(TensorDataType type, @Nullable ByteString raw, InferTensorContents typed) {
    this.type = type;
    this.raw =
        raw == null ? null : raw.asReadOnlyByteBuffer().slice().order(ByteOrder.LITTLE_ENDIAN);
    this.typed = typed;
  }

  /**
   * Writes an element into the cells of a field, as a decoder writes a number of a record. NaN is a
   * missing value.
   *
   * @return what is wrong, or null
   */
  @Nullable Misfit write(int element, RawForm form, float[] cells, int at) {
    String text = raw == null ? typed(element) : raw(raw, element);
    return switch (text) {
      case "NaN" -> form.missing(text, cells, at);
      case "Infinity", "-Infinity" -> new Misfit(Misfit.Kind.NON_FINITE, "number");
      case "true", "false" ->
          form.takesWritten() ? form.text(text, cells, at) : form.other("boolean");
      default ->
          form.takesWritten()
              ? form.text(TermName.of(text), cells, at)
              : form.number(Double.parseDouble(text), cells, at);
    };
  }

  private String raw(ByteBuffer contents, int element) {
    return switch (type) {
      case BOOL -> Boolean.toString(contents.get(element) != 0);
      case INT32 -> Integer.toString(contents.getInt(4 * element));
      case INT64 -> Long.toString(contents.getLong(8 * element));
      case UINT32 -> Integer.toUnsignedString(contents.getInt(4 * element));
      case UINT64 -> Long.toUnsignedString(contents.getLong(8 * element));
      case FP64 -> Double.toString(contents.getDouble(8 * element));
      case INT8, INT16, UINT8, UINT16, FP16, BF16, FP32 ->
          Float.toString((float) type.element(contents, element)); // a float holds all their values
    };
  }

  private String typed(int element) {
    return switch (type) {
      case BOOL -> Boolean.toString(typed.getBoolContents(element));
      case INT8, INT16, INT32 -> Integer.toString(typed.getIntContents(element));
      case INT64 -> Long.toString(typed.getInt64Contents(element));
      case UINT8, UINT16, UINT32 -> Integer.toUnsignedString(typed.getUintContents(element));
      case UINT64 -> Long.toUnsignedString(typed.getUint64Contents(element));
      case FP64 -> Double.toString(typed.getFp64Contents(element));
      case FP16, BF16, FP32 -> Float.toString((float) type.element(typed, element));
    };
  }
}
