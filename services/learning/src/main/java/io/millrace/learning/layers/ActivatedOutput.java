package io.millrace.learning.layers;

import io.millrace.learning.kernels.Activation;
import io.millrace.learning.kernels.Matrix;

/**
 * A layer's output after an activation. The activation's input shares the output's memory unless
 * both are needed.
 *
 * @param function the activation
 * @param ofLoss whether the loss computes the gradient of the activation's input itself
 * @param input the layer's result before the activation; // [n * places, last]
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

  /** Returns whether an activation overwrites its input. */
  boolean isInPlace() {
    return function != Activation.LINEAR && input.equals(output.matrix());
  }

  /** Adds the activation to the forward pass. */
  void addForward(LayerScope scope) {
    if (function != Activation.LINEAR) {
      scope.forward(scope.kernels().activation(function, input, output.matrix()));
    }
  }

  /** Adds a step to the backward pass that turns the output's gradient into that of the input. */
  void addBackward(LayerScope scope) {
    if (output.hasGradient() && !ofLoss && function != Activation.LINEAR) {
      scope.backward(
          scope
              .kernels()
              .activationGradient(function, input, output.matrix(), output.gradientMatrix()));
    }
  }
}
