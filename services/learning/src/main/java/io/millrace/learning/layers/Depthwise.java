package io.millrace.learning.layers;

import io.millrace.learning.kernels.Buffer;
import io.millrace.learning.kernels.Matrix;
import io.millrace.learning.kernels.Window;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The passes of a convolution of each channel on its own. */
record Depthwise(Tensor in, Sliding sliding, Weight kernel) {

  /** Returns the kernel; // [window..., channels, multiplier]. */
  static WeightDefinition define(
      String name, WeightOptions options, Sliding sliding, int channels, int multiplier) {
    List<Integer> shape = new ArrayList<>(sliding.sizes());
    shape.add(channels);
    shape.add(multiplier);
    return options.define(name, new TensorShape(shape).toArray());
  }

  void addForward(LayerScope scope, @Nullable Weight bias, Matrix out) {
    @Nullable Buffer offsets = bias == null ? null : bias.values();
    scope.forward(
        scope.kernels().depthwise(in.examples(), window(), kernel.values(), offsets, out));
  }

  void addBackward(LayerScope scope, Tensor out) {
    if (kernel.gradient() != null) {
      scope.backward(
          scope
              .kernels()
              .depthwiseKernelGradient(
                  in.examples(), window(), out.gradientMatrix(), kernel.gradient()));
    }
    if (in.hasGradient()) {
      scope.backward(
          scope
              .kernels()
              .depthwiseInputGradient(
                  out.gradientMatrix(), window(), kernel.values(), in.exampleGradients()));
    }
  }

  private Window window() {
    return sliding.over(in.shape());
  }
}
