package io.millrace.learning.optimizers;

/**
 * Half a wave of the cosine, from the initial rate to its {@code alpha}-th part.
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

  /** Returns the height, from 1 to 0, where {@code progress} of the half wave is over. */
  static double halfWave(double progress) {
    return 0.5 * (1 + Math.cos(Math.PI * progress));
  }
}
