package io.millrace.learning.optimizers;

/** The learning rate as a function of the steps already made; immutable. */
@FunctionalInterface
public interface LearningRateSchedule {

  /** Returns the rate of the step that follows {@code steps} steps. */
  double rate(long steps);
}
