package io.millrace.learning.layers;

import io.millrace.learning.kernels.Buffer;
import org.jspecify.annotations.Nullable;

/** Makes intermediate tensors of a layer. */
final class Tensors {
  private Tensors() {}

  /** Returns a tensor of another shape, with a gradient if {@code model} has one. */
  static Tensor like(LayerScope scope, Tensor model, TensorShape shape) {
    @Nullable Buffer gradient = model.hasGradient() ? scope.workspace(shape.size()) : null;
    return new Tensor(shape, scope.workspace(shape.size()), gradient);
  }
}
