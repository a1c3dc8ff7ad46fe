package io.millrace.predictor.answering;

import com.google.protobuf.ByteString;
import io.millrace.proto.inference.ModelInferRequest.InferInputTensor;
import org.jspecify.annotations.Nullable;

/** Whether a tensor's contents are what its shape and its data type say. */
final class TensorContents {
  private TensorContents() {}

  /**
   * Returns what is wrong with contents of numbers, or null.
   *
   * @param raw the tensor's raw contents; null where they are typed
   * @param elements how many there have to be
   */
  static @Nullable String problem(
      InferInputTensor tensor, @Nullable ByteString raw, DataType type, int elements) {
    return raw == null ? typed(tensor, type, elements) : raw(tensor, raw, type, elements);
  }

  /** Returns what is wrong with a tensor whose contents are raw, whatever they are, or null. */
  static @Nullable String twice(InferInputTensor tensor) {
    return tensor.hasContents() && tensor.getContents().getSerializedSize() > 0
        ? "input '%s' has typed contents beside raw_input_contents; expected one or the other"
            .formatted(tensor.getName())
        : null;
  }

  /** Returns what is wrong with the number of typed contents, or null. */
  static @Nullable String count(InferInputTensor tensor, String type, int found, int expected) {
    return found == expected
        ? null
        : "input '%s' has %d elements in the contents for %s; expected %d for shape %s"
            .formatted(tensor.getName(), found, type, expected, tensor.getShapeList());
  }

  private static @Nullable String typed(InferInputTensor tensor, DataType type, int elements) {
    int count = type.count(tensor.getContents());
    return count < 0
        ? "input '%s' has datatype %s, which has no typed contents; expected raw_input_contents"
            .formatted(tensor.getName(), type)
        : count(tensor, type.name(), count, elements);
  }

  private static @Nullable String raw(
      InferInputTensor tensor, ByteString contents, DataType type, int elements) {
    String twice = twice(tensor);
    long expected = (long) elements * type.bytes();
    return twice != null || contents.size() == expected
        ? twice
        : "input '%s' has %d bytes of raw contents; expected %d for shape %s of %s"
            .formatted(tensor.getName(), contents.size(), expected, tensor.getShapeList(), type);
  }
}
