package io.millrace.learning.kernels.host.activation;

/** The logistic function. */
final class Sigmoid implements ActivationLoops {

  @Override
  public void apply(float[] values, int start, int length) {
    for (int i = start; i < start + length; i++) {
      float x = values[i];
      values[i] = Exponentials.sigmoid(x);
    }
  }

  @Override
  public void multiplyDerivative(float[] outputs, float[] gradients, int start, int length) {
    for (int i = start; i < start + length; i++) {
      float y = outputs[i];
      gradients[i] *= y * (1 - y);
    }
  }
}
