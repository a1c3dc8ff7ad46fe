package io.millrace.learning.layers;

import io.millrace.learning.kernels.Activation;
import io.millrace.learning.kernels.Buffer;
import io.millrace.learning.kernels.Kernels;
import io.millrace.learning.kernels.Window;
import io.millrace.settings.Section;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A convolution over one or two axes; // [n, ..., channels] -> [n, ..., filters].
 *
 * @param filters channels of the output
 */
record Convolution(
    int filters,
    Sliding sliding,
    Activation activation,
    boolean useBias,
    WeightOptions kernel,
    WeightOptions bias)
    implements Layer {

  static Layer read(Section section, int axes) {
    return new Convolution(
        section.integer("filters", "channels of the output").atLeast(1).required(),
        Sliding.ofConvolution(section, axes),
        Activations.read(section, "activation", Activation.LINEAR),
        section.flag("use_bias", "whether a bias is added").orElse(true),
        WeightOptions.read(section, "kernel", "glorot_uniform"),
        WeightOptions.read(section, "bias", "zeros"));
  }

  @Override
  public TensorShape outputShape(List<TensorShape> inputs) {
    return sliding.outputShape(inputs, filters);
  }

  @Override
  public List<WeightDefinition> weights(List<TensorShape> inputs) {
    List<Integer> shape = new ArrayList<>(sliding.sizes());
    shape.add(inputs.get(0).last());
    shape.add(filters);
    List<WeightDefinition> weights = new ArrayList<>();
    weights.add(kernel.define("kernel", new TensorShape(shape).toArray()));
    if (useBias) {
      weights.add(bias.define("bias", filters));
    }
    return weights;
  }

  @Override
  public void compile(LayerScope scope) {
    Tensor in = scope.input();
    Kernels kernels = scope.kernels();
    Window window = sliding.over(in.shape());
    Weight weights = scope.weight("kernel");
    @Nullable Weight offset = useBias ? scope.weight("bias") : null;
    @Nullable Buffer offsets = offset == null ? null : offset.values();
    ActivatedOutput out = ActivatedOutput.of(scope, activation, outputShape(scope.inputShapes()));
    scope.forward(
        kernels.convolution(in.examples(), window, weights.values(), offsets, out.input()));
    out.addForward(scope);
    out.addBackward(scope);
    Tensor result = out.output();
    if (weights.gradient() != null) {
      scope.backward(
          kernels.convolutionKernelGradient(
              in.examples(), window, result.gradientMatrix(), weights.gradient()));
    }
    Affine.addBiasGradient(scope, offset, result);
    if (in.hasGradient()) {
      scope.backward(
          kernels.convolutionInputGradient(
              result.gradientMatrix(), window, weights.values(), in.exampleGradients()));
    }
  }
}
