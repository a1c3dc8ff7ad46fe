package io.millrace.learning.kernels.host.activation;

/** The hyperbolic tangent. */
final class Tanh implements ActivationLoops {

  @Override
  public void apply(float[] values, int start, int length) {
    for (int i = start; i < start + length; i++) {
      float x = values[i];
      values[i] = Exponentials.tanh(x);
    }
  }

  @Override
  public void multiplyDerivative(float[] outputs, float[] gradients, int start, int length) {
    for (int i = start; i < start + length; i++) {
      float y = outputs[i];
      gradients[i] *= 1 - y * y;
    }
  }
}
