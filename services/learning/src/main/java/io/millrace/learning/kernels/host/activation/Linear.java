package io.millrace.learning.kernels.host.activation;

/** The identity. */
final class Linear implements ActivationLoops {

  @Override
  public void apply(float[] values, int start, int length) {
    // Values stay as they are.
  }

  @Override
  public void multiplyDerivative(float[] outputs, float[] gradients, int start, int length) {
    // The derivative is one.
  }
}
