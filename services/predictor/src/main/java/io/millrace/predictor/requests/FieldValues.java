package io.millrace.predictor.requests;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.millrace.learning.features.Misfit;
import io.millrace.learning.features.RawForm;
import io.millrace.learning.features.Utf8Text;
import io.millrace.proto.inference.ModelInferRequest.InferInputTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The values of one field, one per row: BYTES, or numbers for a field of names or times. They
 * become the same cells as in training, by the same form, on the request's event loop.
 */
public final class FieldValues {
  /** The protocol's datatype of texts and other byte strings. */
  public static final String BYTES = "BYTES";

  /** A length in raw contents that stands for a missing value. */
  public static final int MISSING = -1;

  private final InferInputTensor tensor;
  private final RawForm form;
  private final float[] cells;
  private final int rows;

  FieldValues(InferInputTensor tensor, RawForm form, int rows) {
    this.tensor = tensor;
    this.form = form;
    this.rows = rows;
    this.cells = new float[rows * form.width()];
  }

  /** Returns raw contents of rows in which a field is missing. */
  static ByteString missing(RawForm form, int rows) {
    float[] cells = new float[rows * form.width()];
    Arrays.fill(cells, Float.NaN);
    return encoded(cells);
  }

  /** Returns the cells, {@code [rows, cells]}, as raw contents of FP32. */
  ByteString cells() {
    return encoded(cells);
  }

  /**
   * Reads the tensor's contents. In raw contents, each value follows its length in four bytes,
   * little-endian; the length {@value #MISSING} means a missing value.
   *
   * @param raw the raw contents; null if they are typed
   * @return what is wrong, or null
   */
  @Nullable String read(@Nullable ByteString raw) {
    if (raw == null) {
      return readTyped(tensor.getContents().getBytesContentsList());
    }
    String twice = TensorContents.twice(tensor);
    return twice == null
        ? readRaw(raw.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN))
        : twice;
  }

  /** Reads contents of numbers or truth values, as decoders read those of a record. */
  @Nullable String readNumbers(TensorDataType type, @Nullable ByteString raw) {
    String problem = TensorContents.problem(tensor, raw, type, rows);
    WrittenNumbers numbers = new WrittenNumbers(type, raw, tensor.getContents());
    for (int row = 0; row < rows && problem == null; row++) {
      problem = problem(row, numbers.write(row, form, cells, row * form.width()));
    }
    return problem;
  }

  private @Nullable String readRaw(ByteBuffer contents) {
    for (int row = 0; row < rows; row++) {
      int length = contents.remaining() < Integer.BYTES ? Integer.MAX_VALUE : contents.getInt();
      if (length < MISSING || length > contents.remaining()) {
        return tooShort(row);
      }
      String problem = length == MISSING ? missing(row) : write(row, bytes(contents, length));
      if (problem != null) {
        return problem;
      }
    }
    return contents.hasRemaining()
        ? "input '%s' has %d bytes of raw contents behind its values; expected %d values for shape %s"
            .formatted(name(), contents.remaining(), rows, Shortened.of(tensor.getShapeList()))
        : null;
  }

  private String tooShort(int row) {
    return "input '%s' has raw contents that end within row %d; expected %d values for shape %s,"
            .formatted(name(), row, rows, Shortened.of(tensor.getShapeList()))
        + " each behind its length in 4 bytes";
  }

  private @Nullable String readTyped(List<ByteString> values) {
    String problem = TensorContents.count(tensor, BYTES, values.size(), rows);
    for (int row = 0; row < rows && problem == null; row++) {
      problem = write(row, values.get(row).toByteArray());
    }
    return problem;
  }

  private @Nullable String missing(int row) {
    return problem(row, form.missing("nothing", cells, row * form.width()));
  }

  private @Nullable String write(int row, byte[] value) {
    int at = row * form.width();
    if (form.takesBytes()) {
      return problem(row, form.bytes(value, 0, value.length, cells, at));
    }
    String text = Utf8Text.of(value, 0, value.length);
    return problem(
        row, text == null ? form.other("bytes that are no UTF-8") : form.untyped(text, cells, at));
  }

  private @Nullable String problem(int row, @Nullable Misfit misfit) {
    return misfit == null
        ? null
        : "input '%s' has %s in row %d; expected %s"
            .formatted(name(), Shortened.of(misfit.found()), row, needed(misfit.kind()));
  }

  private String name() {
    return Shortened.of(tensor.getName());
  }

  private String needed(Misfit.Kind kind) {
    return switch (kind) {
      case MISSING -> "a value: the field has none to take in its place";
      case NOT_A_TEXT -> "a text";
      case NOT_A_TIME -> "a point in time in the forms of ISO 8601";
      case NOT_A_NUMBER, NON_FINITE -> "a finite number";
      case COUNT -> form.width() + " bytes";
    };
  }

  private static byte[] bytes(ByteBuffer buffer, int length) {
    byte[] bytes = new byte[length];
    buffer.get(bytes);
    return bytes;
  }

  private static ByteString encoded(float[] cells) {
    ByteBuffer bytes = ByteBuffer.allocate(cells.length * Float.BYTES);
    bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(cells);
    return UnsafeByteOperations.unsafeWrap(bytes);
  }
}
