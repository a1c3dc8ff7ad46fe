package io.millrace.learning.layers;

import java.util.List;

/** Checks of the shapes of layers' inputs. */
final class Shapes {
  private Shapes() {}

  /**
   * Returns the shape of the only input, which must have at least {@code rank} axes.
   *
   * @throws UnfitShapeException otherwise, with the text {@code needed}
   */
  static TensorShape only(List<TensorShape> inputs, int rank, String needed) {
    if (inputs.size() != 1 || inputs.get(0).rank() < rank) {
      throw new UnfitShapeException("one input with " + needed);
    }
    return inputs.get(0);
  }

  /**
   * Returns the shape of the only input, which must have exactly {@code rank} axes.
   *
   * @throws UnfitShapeException otherwise, with the text {@code needed}
   */
  static TensorShape exactly(List<TensorShape> inputs, int rank, String needed) {
    if (inputs.size() != 1 || inputs.get(0).rank() != rank) {
      throw new UnfitShapeException("one input with " + needed);
    }
    return inputs.get(0);
  }

  /**
   * Returns the shape that the inputs, at least two, share.
   *
   * @throws UnfitShapeException if they do not
   */
  static TensorShape common(List<TensorShape> inputs) {
    if (inputs.size() < 2 || inputs.stream().distinct().count() != 1) {
      throw new UnfitShapeException("at least two inputs of one shape");
    }
    return inputs.get(0);
  }
}
