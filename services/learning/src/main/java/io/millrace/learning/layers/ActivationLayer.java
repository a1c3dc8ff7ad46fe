package io.millrace.learning.layers;

import io.millrace.learning.kernels.Activation;
import io.millrace.learning.kernels.Kernels;
import io.millrace.settings.Section;
import java.util.List;

/** An activation as a layer of its own; the shape does not change. */
record ActivationLayer(Activation function) implements Layer {

  static Layer read(Section section) {
    return new ActivationLayer(
        section.choice("activation", Activation.class, "function of the input").required());
  }

  @Override
  public TensorShape outputShape(List<TensorShape> inputs) {
    return Shapes.only(inputs, 0, "any shape");
  }

  @Override
  public void compile(LayerScope scope) {
    Tensor in = scope.input();
    Tensor out = scope.output(in.shape());
    Kernels kernels = scope.kernels();
    boolean ofLoss = scope.isLossOverInputOf(function);
    if (ofLoss) {
      scope.giveToLoss(function, in.values());
    }
    scope.forward(kernels.activation(function, in.matrix(), out.matrix()));
    if (!in.hasGradient()) {
      return;
    }
    if (!ofLoss) {
      scope.backward(
          kernels.activationGradient(function, in.matrix(), out.matrix(), out.gradientMatrix()));
    }
    scope.backward(kernels.copy(out.exampleGradients(), in.exampleGradients()));
  }
}
