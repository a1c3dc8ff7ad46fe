package io.millrace.learning.layers;

import io.millrace.learning.kernels.Buffer;
import io.millrace.learning.kernels.Kernels;
import io.millrace.learning.kernels.Matrix;
import org.jspecify.annotations.Nullable;

/** The passes of a matrix product with weights and an optional bias. */
final class Affine {
  private Affine() {}

  /**
   * Adds the forward pass, including the activation; // [n, in] · [in, out] + [out] -> [n, out].
   */
  static void addForward(
      LayerScope scope, Matrix in, Weight kernel, @Nullable Weight bias, ActivatedOutput out) {
    Kernels kernels = scope.kernels();
    Buffer offset = bias == null ? null : bias.values();
    if (out.isInPlace()) {
      scope.forward(
          kernels.activatedProduct(in, kernel.values(), offset, out.function(), out.input()));
    } else {
      scope.forward(kernels.product(in, kernel.values(), offset, out.input()));
      out.addForward(scope);
    }
  }

  /**
   * Adds the gradients of kernel, bias and input, computed from that of {@code out} if it has one.
   */
  static void addBackward(
      LayerScope scope, Tensor in, Weight kernel, @Nullable Weight bias, Tensor out) {
    Kernels kernels = scope.kernels();
    if (kernel.gradient() != null) {
      scope.backward(kernels.transposedTimes(in.matrix(), out.gradientMatrix(), kernel.gradient()));
    }
    addBiasGradient(scope, bias, out);
    if (in.hasGradient()) {
      scope.backward(
          kernels.timesTransposed(out.gradientMatrix(), kernel.values(), in.gradientMatrix()));
    }
  }

  /** Adds the gradient of a bias that is added to every row. */
  static void addBiasGradient(LayerScope scope, @Nullable Weight bias, Tensor out) {
    if (bias != null && bias.gradient() != null) {
      scope.backward(scope.kernels().columnSums(out.gradientMatrix(), bias.gradient()));
    }
  }
}
