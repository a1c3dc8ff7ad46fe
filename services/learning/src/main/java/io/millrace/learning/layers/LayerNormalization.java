package io.millrace.learning.layers;

import io.millrace.learning.kernels.Buffer;
import io.millrace.learning.kernels.Kernels;
import io.millrace.learning.kernels.Matrix;
import io.millrace.learning.kernels.RowNormalization;
import io.millrace.settings.Section;
import java.util.List;

/**
 * Normalizes the features at each place by their own mean and variance.
 *
 * <p>J. L. Ba, J. R. Kiros, G. E. Hinton, "Layer Normalization", 2016.
 */
record LayerNormalization(int axis, float epsilon, ScaleAndOffset scaleAndOffset) implements Layer {

  static Layer read(Section section) {
    return new LayerNormalization(
        Axes.read(section),
        section.decimal("epsilon", "added to the variance").above(0).orElse(1e-3).floatValue(),
        ScaleAndOffset.read(section));
  }

  @Override
  public TensorShape outputShape(List<TensorShape> inputs) {
    return Axes.requireLast(axis, inputs);
  }

  @Override
  public List<WeightDefinition> weights(List<TensorShape> inputs) {
    return scaleAndOffset.weights(inputs.get(0).last());
  }

  @Override
  public void compile(LayerScope scope) {
    Tensor in = scope.input();
    Tensor out = scope.output(in.shape());
    Kernels kernels = scope.kernels();
    int features = in.shape().last();
    int places = in.shape().size() / features;
    Buffer statistics = scope.workspace(2 * places);
    RowNormalization normalization =
        new RowNormalization(
            Matrix.of(statistics, places, 2),
            epsilon,
            scaleAndOffset.scale(scope, features),
            scaleAndOffset.offset(scope, features));
    scope.forward(kernels.normalizeRows(in.matrix(), normalization, out.matrix()));
    if (out.hasGradient()) {
      scope.backward(
          kernels.normalizeRowsGradient(
              in.matrix(),
              normalization,
              out.gradientMatrix(),
              scaleAndOffset.gradients(scope, features),
              in.hasGradient() ? in.gradientMatrix() : out.gradientMatrix()));
    }
  }
}
