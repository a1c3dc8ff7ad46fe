package io.millrace.learning.optimizers;

/** The learning rate as a function of the number of steps so far. Immutable. */
@FunctionalInterface
public interface LearningRateSchedule {

  /** Returns the rate of the step after {@code steps} steps. */
  double rate(long steps);
}
