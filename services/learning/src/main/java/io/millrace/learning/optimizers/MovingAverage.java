package io.millrace.learning.optimizers;

/**
 * The exponential moving average of the parameters, which often serves better than their last
 * value.
 *
 * <p>B. T. Polyak, A. B. Juditsky, "Acceleration of Stochastic Approximation by Averaging", 1992.
 */
final class MovingAverage {
  private final double momentum;
  private final float[] values;

  MovingAverage(double momentum, int size) {
    this.momentum = momentum;
    this.values = new float[size];
  }

  /** Moves towards the parameters; the first time it becomes them. */
  void follow(float[] parameters, boolean first) {
    float kept = first ? 0 : (float) momentum;
    float taken = first ? 1 : (float) (1 - momentum);
    for (int i = 0; i < values.length; i++) {
      values[i] = kept * values[i] + taken * parameters[i];
    }
  }

  float[] values() {
    return values;
  }
}
