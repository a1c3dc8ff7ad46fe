package io.millrace.learning.kernels.host.activation;

/** The identity above zero, a slope of 0.2 below. */
final class LeakyRelu implements ActivationLoops {
  private static final float SLOPE = 0.2f;

  @Override
  public void apply(float[] values, int start, int length) {
    for (int i = start; i < start + length; i++) {
      float x = values[i];
      values[i] = Math.max(x, SLOPE * x);
    }
  }

  @Override
  public void multiplyDerivative(float[] outputs, float[] gradients, int start, int length) {
    for (int i = start; i < start + length; i++) {
      float y = outputs[i];
      gradients[i] *= y > 0 ? 1 : SLOPE;
    }
  }
}
