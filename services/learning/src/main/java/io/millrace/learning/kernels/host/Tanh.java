package io.millrace.learning.kernels.host;

/** The hyperbolic tangent. */
final class Tanh implements ActivationLoops {

  @Override
  public void apply(float[] in, int inStart, float[] out, int outStart, int length) {
    for (int i = 0; i < length; i++) {
      float x = in[inStart + i];
      out[outStart + i] = Exponentials.tanh(x);
    }
  }

  @Override
  public void multiplyDerivative(
      float[] output, int outputStart, float[] gradient, int gradientStart, int length) {
    for (int i = 0; i < length; i++) {
      float y = output[outputStart + i];
      gradient[gradientStart + i] *= 1 - y * y;
    }
  }
}
