package io.millrace.learning.optimizers;

/**
 * From the initial to the final rate along a power of the remaining share. With cycles, each one
 * restarts with a longer period, so that the rate rises again and falls more slowly.
 */
record PolynomialDecay(
    double initialRate, long decaySteps, double finalRate, double power, boolean cycle)
    implements LearningRateSchedule {

  @Override
  public double rate(long steps) {
    double period = decaySteps;
    double step = Math.min(steps, decaySteps);
    if (cycle) {
      step = steps;
      period = decaySteps * Math.max(1, Math.ceil((double) steps / decaySteps));
    }
    return (initialRate - finalRate) * Math.pow(1 - step / period, power) + finalRate;
  }
}
