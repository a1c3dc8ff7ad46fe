package io.millrace.learning.kernels.host;

/** The input times its logistic function. */
final class Silu implements ActivationLoops {

  @Override
  public void apply(float[] in, int inStart, float[] out, int outStart, int length) {
    for (int i = 0; i < length; i++) {
      float x = in[inStart + i];
      out[outStart + i] = x * Exponentials.sigmoid(x);
    }
  }

  @Override
  public void multiplyDerivative(
      float[] input, int inputStart, float[] gradient, int gradientStart, int length) {
    for (int i = 0; i < length; i++) {
      float x = input[inputStart + i];
      float sigmoid = Exponentials.sigmoid(x);
      gradient[gradientStart + i] *= sigmoid * (1 + x * (1 - sigmoid));
    }
  }
}
