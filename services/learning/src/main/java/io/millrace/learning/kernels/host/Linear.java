package io.millrace.learning.kernels.host;

/** The identity. */
final class Linear implements ActivationLoops {

  @Override
  public void apply(float[] in, int inStart, float[] out, int outStart, int length) {
    System.arraycopy(in, inStart, out, outStart, length);
  }

  @Override
  public void multiplyDerivative(
      float[] output, int outputStart, float[] gradient, int gradientStart, int length) {
    // The derivative is one.
  }
}
