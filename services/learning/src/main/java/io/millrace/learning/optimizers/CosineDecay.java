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
    return initialRate * share(Math.min(1, (double) steps / decaySteps), alpha);
  }

  /** Returns the share of the highest rate that is left when {@code progress} of a wave is over. */
  static double share(double progress, double alpha) {
    return (1 - alpha) * 0.5 * (1 + Math.cos(Math.PI * progress)) + alpha;
  }
}
