package io.millrace.learning.kernels.host.activation;

/** The logarithm of one plus the exponential. */
final class Softplus implements ActivationLoops {

  @Override
  public void apply(float[] values, int start, int length) {
    for (int i = start; i < start + length; i++) {
      float x = values[i];
      values[i] = Math.max(x, 0) + (float) Math.log1p(Math.exp(-Math.abs(x)));
    }
  }

  @Override
  public void multiplyDerivative(float[] outputs, float[] gradients, int start, int length) {
    for (int i = start; i < start + length; i++) {
      float y = outputs[i];
      gradients[i] *= 1 - (float) Math.exp(-y);
    }
  }
}
