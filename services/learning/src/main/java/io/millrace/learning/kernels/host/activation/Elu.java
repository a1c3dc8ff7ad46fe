package io.millrace.learning.kernels.host.activation;

/** The identity above zero and a scaled exponential below; selu scales both. */
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
  public void apply(float[] values, int start, int length) {
    for (int i = start; i < start + length; i++) {
      float x = values[i];
      values[i] = x > 0 ? scale * x : scale * alpha * (float) Math.expm1(x);
    }
  }

  @Override
  public void multiplyDerivative(float[] outputs, float[] gradients, int start, int length) {
    for (int i = start; i < start + length; i++) {
      float y = outputs[i];
      gradients[i] *= y > 0 ? scale : y + scale * alpha;
    }
  }
}
