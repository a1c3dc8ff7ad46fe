package io.millrace.learning.kernels.host;

/** Zero below zero, the identity above. */
final class Relu implements ActivationLoops {
  /** Turns any positive output into a derivative of one without a branch, so that it vectorizes. */
  private static final float STEEP = 1e30f;

  @Override
  public void apply(float[] in, int inStart, float[] out, int outStart, int length) {
    for (int i = 0; i < length; i++) {
      float x = in[inStart + i];
      out[outStart + i] = Math.max(x, 0);
    }
  }

  @Override
  public void multiplyDerivative(
      float[] output, int outputStart, float[] gradient, int gradientStart, int length) {
    for (int i = 0; i < length; i++) {
      float y = output[outputStart + i];
      gradient[gradientStart + i] *= Math.min(1, y * STEEP);
    }
  }
}
