package io.millrace.learning.drift;

import io.millrace.learning.state.State;
import java.util.Optional;

/**
 * Watches a stream of numbers, such as the errors of a model, for a lasting change.
 *
 * <p>After a drift it starts anew with the next value. Not thread-safe.
 */
public interface DriftDetector {

  /** Adds a value; returns whether it reveals a drift. */
  boolean update(double value);

  /**
   * Returns an estimate of how many of the newest values came after the drift. Called right after
   * {@link #update} has returned true.
   */
  long valuesSinceDrift();

  /** Returns how near it is to a drift; empty before it has enough values. Changes nothing. */
  Optional<Evidence> evidence();

  /** Forgets all values. */
  void reset();

  void save(State state);

  void restore(State state);
}
