package io.millrace.learning.layers;

import io.millrace.learning.kernels.Kernels;
import io.millrace.settings.Section;
import java.util.List;

/**
 * The identity above zero, a line below; the shape does not change. The activation of the same name
 * has the slope 0.2.
 *
 * @param slope the slope below zero
 */
record LeakyReluLayer(float slope) implements Layer {

  static Layer read(Section section) {
    return new LeakyReluLayer(
        section.decimal("negative_slope", "slope below zero").atLeast(0).orElse(0.3).floatValue());
  }

  @Override
  public TensorShape outputShape(List<TensorShape> inputs) {
    return Shapes.only(inputs, 0, "any shape");
  }

  @Override
  public void compile(LayerScope scope) {
    Tensor in = scope.input();
    Tensor out = scope.output(in.shape());
    Kernels kernels = scope.kernels();
    scope.forward(kernels.leakyRelu(slope, in.matrix(), out.matrix()));
    if (in.hasGradient()) {
      scope.backward(kernels.leakyReluGradient(slope, out.matrix(), out.gradientMatrix()));
      scope.backward(kernels.copy(out.exampleGradients(), in.exampleGradients()));
    }
  }
}
