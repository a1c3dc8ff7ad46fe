package io.millrace.learning.layers;

import io.millrace.learning.kernels.Kernels;
import java.util.List;

/** Adds inputs of the same shape. */
record Sum() implements Layer {

  @Override
  public TensorShape outputShape(List<TensorShape> inputs) {
    return Shapes.common(inputs);
  }

  @Override
  public void compile(LayerScope scope) {
    Kernels kernels = scope.kernels();
    Tensor out = scope.output(outputShape(scope.inputShapes()));
    scope.forward(
        kernels.sum(scope.inputs().stream().map(Tensor::examples).toList(), out.examples()));
    for (Tensor in : scope.inputs()) {
      if (in.hasGradient()) {
        scope.backward(kernels.copy(out.exampleGradients(), in.exampleGradients()));
      }
    }
  }
}
