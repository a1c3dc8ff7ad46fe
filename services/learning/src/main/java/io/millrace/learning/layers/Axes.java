package io.millrace.learning.layers;

import io.millrace.settings.Section;
import java.util.List;

/**
 * The axis of features, always the last one. It is counted from the end, or with the batch axis as
 * 0.
 */
final class Axes {
  private Axes() {}

  static int read(Section section) {
    return section.integer("axis", "axis of the features, the batch being 0").orElse(-1);
  }

  /** Returns the shape of the only input; {@code axis} must be its last one. */
  static TensorShape requireLast(int axis, List<TensorShape> inputs) {
    TensorShape shape = Shapes.only(inputs, 1, "at least one axis of features");
    if (axis != -1 && axis != shape.rank()) {
      throw new UnfitShapeException("axis -1, the last, but has axis " + axis);
    }
    return shape;
  }
}
