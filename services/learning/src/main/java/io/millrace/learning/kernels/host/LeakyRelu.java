package io.millrace.learning.kernels.host;

/** The identity above zero, a slope of 0.2 below. */
final class LeakyRelu implements ActivationLoops {
  private static final float SLOPE = 0.2f;

  @Override
  public void apply(float[] in, int inStart, float[] out, int outStart, int length) {
    for (int i = 0; i < length; i++) {
      float x = in[inStart + i];
      out[outStart + i] = Math.max(x, SLOPE * x);
    }
  }

  @Override
  public void multiplyDerivative(
      float[] output, int outputStart, float[] gradient, int gradientStart, int length) {
    for (int i = 0; i < length; i++) {
      float y = output[outputStart + i];
      gradient[gradientStart + i] *= y > 0 ? 1 : SLOPE;
    }
  }
}
