package io.millrace.learning.optimizers;

/**
 * Half a cosine wave, from the initial rate down to {@code alpha} times that rate.
 *
 * <p>I. Loshchilov, F. Hutter, "SGDR: Stochastic Gradient Descent with Warm Restarts", ICLR 2017.
 */
record CosineDecay(double initialRate, long decaySteps, double alpha)
    implements LearningRateSchedule {

  @Override
  public double rate(long steps) {
    double wave = halfWave(Math.min(1, (double) steps / decaySteps));
    return initialRate * ((1 - alpha) * wave + alpha);
  }

  /** Returns the height of the half wave, from 1 to 0, at {@code progress}, from 0 to 1. */
  static double halfWave(double progress) {
    return 0.5 * (1 + Math.cos(Math.PI * progress));
  }
}
