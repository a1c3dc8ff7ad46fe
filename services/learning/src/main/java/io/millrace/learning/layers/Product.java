package io.millrace.learning.layers;

import io.millrace.learning.kernels.Kernels;
import io.millrace.learning.kernels.Matrix;
import java.util.ArrayList;
import java.util.List;

/** Multiplies inputs of the same shape, element by element. */
record Product() implements Layer {

  @Override
  public TensorShape outputShape(List<TensorShape> inputs) {
    return Shapes.common(inputs);
  }

  @Override
  public void compile(LayerScope scope) {
    Kernels kernels = scope.kernels();
    Tensor out = scope.output(outputShape(scope.inputShapes()));
    List<Matrix> factors = scope.inputs().stream().map(Tensor::examples).toList();
    scope.forward(kernels.copy(factors.get(0), out.examples()));
    for (Matrix factor : factors.subList(1, factors.size())) {
      scope.forward(kernels.multiply(out.examples(), factor, out.examples()));
    }
    for (Tensor in : scope.inputs()) {
      if (in.hasGradient()) {
        addGradient(scope, in, out);
      }
    }
  }

  /** Multiplies the gradient of the output by all other inputs. */
  private static void addGradient(LayerScope scope, Tensor in, Tensor out) {
    Kernels kernels = scope.kernels();
    scope.backward(kernels.copy(out.exampleGradients(), in.exampleGradients()));
    List<Tensor> others = new ArrayList<>(scope.inputs());
    others.remove(scope.inputs().indexOf(in));
    for (Tensor other : others) {
      scope.backward(
          kernels.multiply(in.exampleGradients(), other.examples(), in.exampleGradients()));
    }
  }
}
