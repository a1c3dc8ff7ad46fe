package io.millrace.learning.layers;

import io.millrace.learning.kernels.Buffer;
import org.jspecify.annotations.Nullable;

/** Makes tensors that a layer needs between its input and its output. */
final class Tensors {
  private Tensors() {}

  /** Returns a tensor of another shape that has a gradient where {@code model} has one. */
  static Tensor like(LayerScope scope, Tensor model, TensorShape shape) {
    @Nullable Buffer gradient = model.hasGradient() ? scope.workspace(shape.size()) : null;
    return new Tensor(shape, scope.workspace(shape.size()), gradient);
  }
}
