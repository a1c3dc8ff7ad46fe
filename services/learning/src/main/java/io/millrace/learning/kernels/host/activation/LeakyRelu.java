package io.millrace.learning.kernels.host.activation;

/** The identity above zero, a line of another slope below. */
public final class LeakyRelu implements ActivationLoops {
  static final float DEFAULT_SLOPE = 0.2f;

  private final float slope;

  /**
   * @param slope not negative, so that the output has the sign of the input
   */
  public LeakyRelu(float slope) {
    this.slope = slope;
  }

  @Override
  public void apply(float[] values, int start, int length) {
    for (int i = start; i < start + length; i++) {
      float x = values[i];
      values[i] = Math.max(x, 0) + slope * Math.min(x, 0);
    }
  }

  @Override
  public void multiplyDerivative(float[] outputs, float[] gradients, int start, int length) {
    for (int i = start; i < start + length; i++) {
      float y = outputs[i];
      gradients[i] *= y > 0 ? 1 : slope;
    }
  }
}
