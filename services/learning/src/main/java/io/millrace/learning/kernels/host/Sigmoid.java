package io.millrace.learning.kernels.host;

/** The logistic function. */
final class Sigmoid implements ActivationLoops {

  @Override
  public void apply(float[] in, int inStart, float[] out, int outStart, int length) {
    for (int i = 0; i < length; i++) {
      float x = in[inStart + i];
      out[outStart + i] = Exponentials.sigmoid(x);
    }
  }

  @Override
  public void multiplyDerivative(
      float[] output, int outputStart, float[] gradient, int gradientStart, int length) {
    for (int i = 0; i < length; i++) {
      float y = output[outputStart + i];
      gradient[gradientStart + i] *= y * (1 - y);
    }
  }
}
