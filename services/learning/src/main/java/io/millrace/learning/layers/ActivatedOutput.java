package io.millrace.learning.layers;

import io.millrace.learning.kernels.Activation;
import io.millrace.learning.kernels.Matrix;

/**
 * A layer's output behind an activation. The activation's input shares the output's memory wherever
 * nobody needs both.
 *
 * @param function the activation
 * @param ofLoss whether the loss computes the gradient of the activation's input itself
 * @param input what the layer computes before the activation; // [n * places, last]
 * @param output the layer's output; its gradient becomes that of {@code input}
 */
record ActivatedOutput(Activation function, boolean ofLoss, Matrix input, Tensor output) {

  static ActivatedOutput of(LayerScope scope, Activation function, TensorShape shape) {
    Tensor output = scope.output(shape);
    boolean ofLoss = scope.isLossOverInputOf(function);
    Matrix input = output.matrix();
    if (ofLoss || !function.isGradientFromOutput()) {
      input = Matrix.of(scope.workspace(shape.size()), input.rowsPerExample(), input.columns());
    }
    if (ofLoss) {
      scope.giveToLoss(function, input.buffer());
    }
    return new ActivatedOutput(function, ofLoss, input, output);
  }

  /** Says whether an activation replaces its input. */
  boolean isInPlace() {
    return function != Activation.LINEAR && input.equals(output.matrix());
  }

  /** Adds the activation to the forward pass. */
  void addForward(LayerScope scope) {
    if (function != Activation.LINEAR) {
      scope.forward(scope.kernels().activation(function, input, output.matrix()));
    }
  }

  /** Adds to the backward pass what makes the output's gradient that of the input. */
  void addBackward(LayerScope scope) {
    if (output.hasGradient() && !ofLoss && function != Activation.LINEAR) {
      scope.backward(
          scope
              .kernels()
              .activationGradient(function, input, output.matrix(), output.gradientMatrix()));
    }
  }
}
