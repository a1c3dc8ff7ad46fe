package io.millrace.learning.layers;

import io.millrace.learning.kernels.Kernels;
import io.millrace.learning.kernels.Matrix;
import io.millrace.settings.Section;
import java.util.List;

/**
 * Adds normal noise in training.
 *
 * @param deviation standard deviation of the noise
 */
record GaussianNoise(float deviation) implements Layer {

  static Layer read(Section section) {
    return new GaussianNoise(
        section
            .decimal("stddev", "standard deviation of the noise")
            .atLeast(0)
            .required()
            .floatValue());
  }

  @Override
  public TensorShape outputShape(List<TensorShape> inputs) {
    return Shapes.only(inputs, 0, "any shape");
  }

  @Override
  public void compile(LayerScope scope) {
    Kernels kernels = scope.kernels();
    Tensor in = scope.input();
    Tensor out = scope.output(in.shape());
    Matrix noise = Matrix.of(scope.workspace(in.shape().size()), in.shape().size());
    scope.forward(Mode.INFERENCE, kernels.copy(in.examples(), out.examples()));
    scope.forward(Mode.TRAINING, kernels.noise(noise, deviation, scope.random(), scope.pass()));
    scope.forward(Mode.TRAINING, kernels.sum(List.of(noise, in.examples()), out.examples()));
    if (in.hasGradient()) {
      scope.backward(kernels.copy(out.exampleGradients(), in.exampleGradients()));
    }
  }
}
