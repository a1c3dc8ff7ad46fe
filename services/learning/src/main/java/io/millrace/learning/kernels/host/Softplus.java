package io.millrace.learning.kernels.host;

/** The logarithm of one plus the exponential. */
final class Softplus implements ActivationLoops {

  @Override
  public void apply(float[] in, int inStart, float[] out, int outStart, int length) {
    for (int i = 0; i < length; i++) {
      float x = in[inStart + i];
      out[outStart + i] = Math.max(x, 0) + (float) Math.log1p(Math.exp(-Math.abs(x)));
    }
  }

  @Override
  public void multiplyDerivative(
      float[] output, int outputStart, float[] gradient, int gradientStart, int length) {
    for (int i = 0; i < length; i++) {
      float y = output[outputStart + i];
      gradient[gradientStart + i] *= 1 - (float) Math.exp(-y);
    }
  }
}
