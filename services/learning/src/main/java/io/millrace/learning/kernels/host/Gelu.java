package io.millrace.learning.kernels.host;

/** The input times the normal distribution function of it. */
final class Gelu implements ActivationLoops {

  @Override
  public void apply(float[] in, int inStart, float[] out, int outStart, int length) {
    for (int i = 0; i < length; i++) {
      float x = in[inStart + i];
      out[outStart + i] = x * Exponentials.normalDistribution(x);
    }
  }

  @Override
  public void multiplyDerivative(
      float[] input, int inputStart, float[] gradient, int gradientStart, int length) {
    for (int i = 0; i < length; i++) {
      float x = input[inputStart + i];
      gradient[gradientStart + i] *=
          Exponentials.normalDistribution(x) + x * Exponentials.normalDensity(x);
    }
  }
}
