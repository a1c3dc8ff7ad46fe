package io.millrace.learning.layers;

import java.util.List;

/** What layers ask of the shapes of their inputs. */
final class Shapes {
  private Shapes() {}

  /** Returns the shape of the only input, which has at least {@code rank} axes. */
  static TensorShape only(List<TensorShape> inputs, int rank, String needed) {
    if (inputs.size() != 1 || inputs.get(0).rank() < rank) {
      throw new UnfitShapeException("one input with " + needed);
    }
    return inputs.get(0);
  }

  /** Returns the shape of the only input, which has exactly {@code rank} axes. */
  static TensorShape exactly(List<TensorShape> inputs, int rank, String needed) {
    if (inputs.size() != 1 || inputs.get(0).rank() != rank) {
      throw new UnfitShapeException("one input with " + needed);
    }
    return inputs.get(0);
  }

  /** Returns the shape that at least two inputs have in common. */
  static TensorShape common(List<TensorShape> inputs) {
    if (inputs.size() < 2 || inputs.stream().distinct().count() != 1) {
      throw new UnfitShapeException("at least two inputs of one shape");
    }
    return inputs.get(0);
  }
}
