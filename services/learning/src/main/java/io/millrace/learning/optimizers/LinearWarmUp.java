package io.millrace.learning.optimizers;

/** A straight rise in so many steps, after which another schedule begins at its step zero. */
record LinearWarmUp(double from, double to, long warmUpSteps, LearningRateSchedule then)
    implements LearningRateSchedule {

  @Override
  public double rate(long steps) {
    return steps < warmUpSteps
        ? from + (to - from) * steps / warmUpSteps
        : then.rate(steps - warmUpSteps);
  }
}
