package io.millrace.learning.layers;

import io.millrace.learning.kernels.Buffer;
import io.millrace.learning.kernels.Kernels;
import io.millrace.learning.kernels.Matrix;
import org.jspecify.annotations.Nullable;

/** The passes of a matrix product with weights and of the bias added to it. */
final class Affine {
  private Affine() {}

  /** Adds the forward pass; // [n, in] · [in, out] + [out] -> [n, out]. */
  static void addForward(
      LayerScope scope, Matrix in, Weight kernel, @Nullable Weight bias, Matrix out) {
    Buffer biasValues = bias == null ? null : bias.values();
    scope.forward(scope.kernels().product(in, kernel.values(), biasValues, out));
  }

  /** Adds the gradients of kernel and bias; // [n, in]ᵀ · [n, out] -> [in, out]. */
  static void addWeightGradients(
      LayerScope scope, Matrix in, Weight kernel, @Nullable Weight bias, Matrix gradient) {
    Kernels kernels = scope.kernels();
    if (kernel.gradient() != null) {
      scope.backward(kernels.outerProduct(in, gradient, kernel.gradient()));
    }
    if (bias != null && bias.gradient() != null) {
      scope.backward(kernels.columnSums(gradient, bias.gradient()));
    }
  }
}
