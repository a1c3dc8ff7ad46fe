package io.millrace.learning.layers;

import io.millrace.learning.kernels.Kernels;
import io.millrace.learning.kernels.Matrix;
import io.millrace.settings.Section;
import java.util.List;

/**
 * Drops values in training, each with probability {@code rate}, and scales up the others.
 *
 * <p>N. Srivastava et al., "Dropout: A Simple Way to Prevent Neural Networks from Overfitting",
 * 2014.
 */
record Dropout(float rate) implements Layer {

  static Layer read(Section section) {
    return new Dropout(
        section
            .decimal("rate", "share of values dropped in training")
            .atLeast(0)
            .below(1)
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
    Matrix mask = Matrix.of(scope.workspace(in.shape().size()), in.shape().size());
    scope.forward(Mode.INFERENCE, kernels.copy(in.examples(), out.examples()));
    scope.forward(Mode.TRAINING, kernels.dropoutMask(mask, rate, scope.random(), scope.pass()));
    scope.forward(Mode.TRAINING, kernels.multiply(in.examples(), mask, out.examples()));
    if (in.hasGradient()) {
      scope.backward(
          Mode.TRAINING, kernels.multiply(out.exampleGradients(), mask, in.exampleGradients()));
      scope.backward(Mode.INFERENCE, kernels.copy(out.exampleGradients(), in.exampleGradients()));
    }
  }
}
