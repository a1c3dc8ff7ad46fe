package io.millrace.learning.optimizers;

/**
 * A linear rise over {@code warmUpSteps} steps, followed by another schedule from its step zero.
 */
record LinearWarmUp(double from, double to, long warmUpSteps, LearningRateSchedule then)
    implements LearningRateSchedule {

  @Override
  public double rate(long steps) {
    return steps < warmUpSteps
        ? from + (to - from) * steps / warmUpSteps
        : then.rate(steps - warmUpSteps);
  }
}
