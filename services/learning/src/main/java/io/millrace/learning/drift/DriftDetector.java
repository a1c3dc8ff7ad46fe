package io.millrace.learning.drift;

import io.millrace.learning.state.State;

/**
 * Watches a stream of numbers, such as the errors of a model, for a lasting change.
 *
 * <p>After a drift it begins anew with the next value. Not thread safe.
 */
public interface DriftDetector {

  /** Takes a value into account; returns whether it shows that a drift has taken place. */
  boolean update(double value);

  /**
   * Returns how many of the newest values are estimated to be from after the drift; meant to be
   * asked right after {@link #update} has returned true.
   */
  long valuesSinceDrift();

  /** Forgets all values. */
  void reset();

  void save(State state);

  void restore(State state);
}
