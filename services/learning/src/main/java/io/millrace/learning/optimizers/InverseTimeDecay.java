package io.millrace.learning.optimizers;

/**
 * {@code initial / (1 + decayRate * step / decaySteps)}; the staircase counts whole periods only.
 */
record InverseTimeDecay(double initialRate, long decaySteps, double decayRate, boolean staircase)
    implements LearningRateSchedule {

  @Override
  public double rate(long steps) {
    double periods = (double) steps / decaySteps;
    return initialRate / (1 + decayRate * (staircase ? Math.floor(periods) : periods));
  }
}
