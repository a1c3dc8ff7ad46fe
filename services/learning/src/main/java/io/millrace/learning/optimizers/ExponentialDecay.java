package io.millrace.learning.optimizers;

/** {@code initial * decayRate ^ (step / decaySteps)}; the staircase counts whole periods only. */
record ExponentialDecay(double initialRate, long decaySteps, double decayRate, boolean staircase)
    implements LearningRateSchedule {

  @Override
  public double rate(long steps) {
    double periods = (double) steps / decaySteps;
    return initialRate * Math.pow(decayRate, staircase ? Math.floor(periods) : periods);
  }
}
