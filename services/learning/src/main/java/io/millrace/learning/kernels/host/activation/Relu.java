package io.millrace.learning.kernels.host.activation;

/** Zero below zero, the identity above. */
final class Relu implements ActivationLoops {
  /**
   * Makes the derivative of any positive output one without a branch, so that the loop vectorizes.
   */
  private static final float STEEP = 1e30f;

  @Override
  public void apply(float[] values, int start, int length) {
    for (int i = start; i < start + length; i++) {
      float x = values[i];
      values[i] = Math.max(x, 0);
    }
  }

  @Override
  public void multiplyDerivative(float[] outputs, float[] gradients, int start, int length) {
    for (int i = start; i < start + length; i++) {
      float y = outputs[i];
      gradients[i] *= Math.min(1, y * STEEP);
    }
  }
}
