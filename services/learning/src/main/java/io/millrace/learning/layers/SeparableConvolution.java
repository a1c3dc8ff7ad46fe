package io.millrace.learning.layers;

import io.millrace.learning.kernels.Activation;
import io.millrace.settings.Section;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A convolution of each channel on its own, followed by a product that mixes the channels of each
 * place.
 *
 * <p>F. Chollet, "Xception: Deep Learning with Depthwise Separable Convolutions", 2017.
 */
record SeparableConvolution(
    int filters,
    int multiplier,
    Sliding sliding,
    Activation activation,
    WeightOptions depthwise,
    WeightOptions pointwise,
    @Nullable WeightOptions bias)
    implements Layer {

  static Layer read(Section section, int axes) {
    boolean useBias = section.flag("use_bias", "whether a bias is added").orElse(true);
    WeightOptions bias = WeightOptions.read(section, "bias", "zeros");
    return new SeparableConvolution(
        section.integer("filters", "channels of the output").atLeast(1).required(),
        DepthwiseConvolution.readMultiplier(section),
        Sliding.ofConvolution(section, axes),
        Activations.read(section, "activation", Activation.LINEAR),
        WeightOptions.read(section, "depthwise", "glorot_uniform"),
        WeightOptions.read(section, "pointwise", "glorot_uniform"),
        useBias ? bias : null);
  }

  @Override
  public TensorShape outputShape(List<TensorShape> inputs) {
    return sliding.outputShape(inputs, filters);
  }

  @Override
  public List<WeightDefinition> weights(List<TensorShape> inputs) {
    int channels = inputs.get(0).last();
    List<WeightDefinition> weights = new ArrayList<>();
    weights.add(Depthwise.define("depthwise_kernel", depthwise, sliding, channels, multiplier));
    List<Integer> shape = new ArrayList<>(Collections.nCopies(sliding.axes(), 1));
    shape.addAll(List.of(channels * multiplier, filters));
    weights.add(pointwise.define("pointwise_kernel", new TensorShape(shape).toArray()));
    if (bias != null) {
      weights.add(bias.define("bias", filters));
    }
    return weights;
  }

  @Override
  public void compile(LayerScope scope) {
    Tensor in = scope.input();
    @Nullable Weight offset = bias == null ? null : scope.weight("bias");
    Weight pointwise = scope.weight("pointwise_kernel");
    ActivatedOutput out = ActivatedOutput.of(scope, activation, outputShape(scope.inputShapes()));
    int channels = in.shape().last() * multiplier;
    Tensor between = Tensors.like(scope, out.output(), out.output().shape().with(-1, channels));
    Depthwise depthwise = new Depthwise(in, sliding, scope.weight("depthwise_kernel"));
    depthwise.addForward(scope, null, between.matrix());
    Affine.addForward(scope, between.matrix(), pointwise, offset, out);
    out.addBackward(scope);
    Affine.addBackward(scope, between, pointwise, offset, out.output());
    depthwise.addBackward(scope, between);
  }
}
