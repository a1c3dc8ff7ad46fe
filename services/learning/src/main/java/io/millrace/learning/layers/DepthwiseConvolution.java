package io.millrace.learning.layers;

import io.millrace.learning.kernels.Activation;
import io.millrace.settings.Section;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A convolution of each channel on its own; // [n, ..., channels] -> [n, ..., channels *
 * multiplier].
 *
 * @param multiplier output channels for each input channel
 */
record DepthwiseConvolution(
    int multiplier,
    Sliding sliding,
    Activation activation,
    boolean useBias,
    WeightOptions kernel,
    WeightOptions bias)
    implements Layer {

  static Layer read(Section section) {
    return new DepthwiseConvolution(
        readMultiplier(section),
        Sliding.ofConvolution(section, 2),
        Activations.read(section, "activation", Activation.LINEAR),
        section.flag("use_bias", "whether a bias is added").orElse(true),
        WeightOptions.read(section, "depthwise", "glorot_uniform"),
        WeightOptions.read(section, "bias", "zeros"));
  }

  static int readMultiplier(Section section) {
    return section
        .integer("depth_multiplier", "output channels for each input channel")
        .atLeast(1)
        .orElse(1);
  }

  @Override
  public TensorShape outputShape(List<TensorShape> inputs) {
    return sliding.outputShape(inputs, sliding.check(inputs).last() * multiplier);
  }

  @Override
  public List<WeightDefinition> weights(List<TensorShape> inputs) {
    int channels = inputs.get(0).last();
    List<WeightDefinition> weights = new ArrayList<>();
    weights.add(Depthwise.define("kernel", kernel, sliding, channels, multiplier));
    if (useBias) {
      weights.add(bias.define("bias", channels * multiplier));
    }
    return weights;
  }

  @Override
  public void compile(LayerScope scope) {
    Weight weights = scope.weight("kernel");
    @Nullable Weight offset = useBias ? scope.weight("bias") : null;
    ActivatedOutput out = ActivatedOutput.of(scope, activation, outputShape(scope.inputShapes()));
    Depthwise depthwise = new Depthwise(scope.input(), sliding, weights);
    depthwise.addForward(scope, offset, out.input());
    out.addForward(scope);
    out.addBackward(scope);
    Affine.addBiasGradient(scope, offset, out.output());
    depthwise.addBackward(scope, out.output());
  }
}
