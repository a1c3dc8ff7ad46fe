package io.millrace.learning.kernels.host;

/** The identity above zero and a scaled exponential below; scaled as a whole for selu. */
final class Elu implements ActivationLoops {
  static final float SELU_SCALE = (float) 1.0507009873554805;
  static final float SELU_ALPHA = (float) 1.6732632423543772;

  private final float scale;
  private final float alpha;

  Elu(float scale, float alpha) {
    this.scale = scale;
    this.alpha = alpha;
  }

  @Override
  public void apply(float[] in, int inStart, float[] out, int outStart, int length) {
    for (int i = 0; i < length; i++) {
      float x = in[inStart + i];
      out[outStart + i] = x > 0 ? scale * x : scale * alpha * (float) Math.expm1(x);
    }
  }

  @Override
  public void multiplyDerivative(
      float[] output, int outputStart, float[] gradient, int gradientStart, int length) {
    for (int i = 0; i < length; i++) {
      float y = output[outputStart + i];
      gradient[gradientStart + i] *= y > 0 ? scale : y + scale * alpha;
    }
  }
}
