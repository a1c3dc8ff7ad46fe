package io.millrace.learning.kernels.host.activation;

/** The input times its logistic function. */
final class Silu implements ActivationLoops {

  @Override
  public void apply(float[] values, int start, int length) {
    for (int i = start; i < start + length; i++) {
      float x = values[i];
      values[i] = x * Exponentials.sigmoid(x);
    }
  }

  @Override
  public void multiplyDerivative(float[] inputs, float[] gradients, int start, int length) {
    for (int i = start; i < start + length; i++) {
      float x = inputs[i];
      float sigmoid = Exponentials.sigmoid(x);
      gradients[i] *= sigmoid * (1 + x * (1 - sigmoid));
    }
  }
}
