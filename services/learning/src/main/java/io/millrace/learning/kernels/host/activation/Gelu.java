package io.millrace.learning.kernels.host.activation;

/** The input times its standard normal distribution function. */
final class Gelu implements ActivationLoops {

  @Override
  public void apply(float[] values, int start, int length) {
    for (int i = start; i < start + length; i++) {
      float x = values[i];
      values[i] = x * Exponentials.normalDistribution(x);
    }
  }

  @Override
  public void multiplyDerivative(float[] inputs, float[] gradients, int start, int length) {
    for (int i = start; i < start + length; i++) {
      float x = inputs[i];
      gradients[i] *= Exponentials.normalDistribution(x) + x * Exponentials.normalDensity(x);
    }
  }
}
