package io.millrace.learning.layers;

import io.millrace.learning.kernels.Activation;
import io.millrace.settings.Section;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A fully connected layer over the last axis; // [n, ..., in] -> [n, ..., units].
 *
 * @param units values of the output's last axis
 */
record Dense(
    int units, Activation activation, boolean useBias, WeightOptions kernel, WeightOptions bias)
    implements Layer {

  static Layer read(Section section) {
    return new Dense(
        section.integer("units", "number of output values").atLeast(1).required(),
        Activations.read(section, "activation", Activation.LINEAR),
        section.flag("use_bias", "whether a bias is added").orElse(true),
        WeightOptions.read(section, "kernel", "glorot_uniform"),
        WeightOptions.read(section, "bias", "zeros"));
  }

  @Override
  public TensorShape outputShape(List<TensorShape> inputs) {
    return Shapes.only(inputs, 1, "at least one axis of features").with(-1, units);
  }

  @Override
  public List<WeightDefinition> weights(List<TensorShape> inputs) {
    List<WeightDefinition> weights = new ArrayList<>();
    weights.add(kernel.define("kernel", inputs.get(0).last(), units));
    if (useBias) {
      weights.add(bias.define("bias", units));
    }
    return weights;
  }

  @Override
  public void compile(LayerScope scope) {
    Tensor in = scope.input();
    Weight weights = scope.weight("kernel");
    @Nullable Weight offset = useBias ? scope.weight("bias") : null;
    ActivatedOutput out = ActivatedOutput.of(scope, activation, outputShape(scope.inputShapes()));
    Affine.addForward(scope, in.matrix(), weights, offset, out);
    out.addBackward(scope);
    Affine.addBackward(scope, in, weights, offset, out.output());
  }
}
