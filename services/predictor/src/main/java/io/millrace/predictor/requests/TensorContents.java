package io.millrace.predictor.requests;

import com.google.protobuf.ByteString;
import io.millrace.proto.inference.ModelInferRequest.InferInputTensor;
import org.jspecify.annotations.Nullable;

/** Validates a tensor's contents against its shape and its data type. */
final class TensorContents {
  private TensorContents() {}

  /**
   * Returns what is wrong with contents of numbers, or null.
   *
   * @param raw the tensor's raw contents; null if they are typed
   * @param elements the expected number of elements
   */
  static @Nullable String problem(
      InferInputTensor tensor, @Nullable ByteString raw, TensorDataType type, int elements) {
    return raw == null ? typed(tensor, type, elements) : raw(tensor, raw, type, elements);
  }

  /** Returns a problem if a tensor with raw contents has typed contents too, or null. */
  static @Nullable String twice(InferInputTensor tensor) {
    return tensor.hasContents() && tensor.getContents().getSerializedSize() > 0
        ? "input '%s' has typed contents beside raw_input_contents; expected one or the other"
            .formatted(name(tensor))
        : null;
  }

  /** Returns what is wrong with the number of typed contents, or null. */
  static @Nullable String count(InferInputTensor tensor, String type, int found, int expected) {
    if (found != expected) {
      return "input '%s' has %d elements in the contents for %s; expected %d for shape %s"
          .formatted(name(tensor), found, type, expected, Shortened.of(tensor.getShapeList()));
    }
    return TensorDataType.countOfAll(tensor.getContents()) == found
        ? null
        : "input '%s' has contents of other types beside those for %s; expected those alone"
            .formatted(name(tensor), type);
  }

  private static @Nullable String typed(
      InferInputTensor tensor, TensorDataType type, int elements) {
    int count = type.count(tensor.getContents());
    if (count < 0) {
      return "input '%s' has datatype %s, which has no typed contents; expected raw_input_contents"
          .formatted(name(tensor), type);
    }
    String problem = count(tensor, type.name(), count, elements);
    return problem == null
        ? beyond(tensor, type, type.firstBeyond(tensor.getContents(), elements))
        : problem;
  }

  private static @Nullable String raw(
      InferInputTensor tensor, ByteString contents, TensorDataType type, int elements) {
    String twice = twice(tensor);
    long expected = (long) elements * type.bytes();
    if (twice == null && contents.size() != expected) {
      return "input '%s' has %d bytes of raw contents; expected %d for shape %s of %s"
          .formatted(
              name(tensor), contents.size(), expected, Shortened.of(tensor.getShapeList()), type);
    }
    return twice == null ? beyond(tensor, type, type.firstBeyond(contents)) : twice;
  }

  private static @Nullable String beyond(
      InferInputTensor tensor, TensorDataType type, int element) {
    return element < 0
        ? null
        : "input '%s' has a number in element %d that is beyond %s"
            .formatted(name(tensor), element, type.range());
  }

  private static String name(InferInputTensor tensor) {
    return Shortened.of(tensor.getName());
  }
}
