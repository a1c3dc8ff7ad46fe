package io.millrace.learning.kernels.host.activation;

/** A line of slope 1/6 through 0.5 at zero, clipped to [0, 1]. */
public final class HardSigmoid implements ActivationLoops {
  private static final float SLOPE = 1f / 6;

  @Override
  public void apply(float[] values, int start, int length) {
    for (int i = start; i < start + length; i++) {
      values[i] = Math.min(1f, Math.max(0f, values[i] * SLOPE + 0.5f));
    }
  }

  @Override
  public void multiplyDerivative(float[] outputs, float[] gradients, int start, int length) {
    for (int i = start; i < start + length; i++) {
      float y = outputs[i];
      gradients[i] *= y > 0 && y < 1 ? SLOPE : 0;
    }
  }
}
