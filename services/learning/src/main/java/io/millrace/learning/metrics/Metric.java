package io.millrace.learning.metrics;

import io.millrace.learning.state.State;
import org.jspecify.annotations.Nullable;

/**
 * A number that describes all rows since the last reset, however they were batched.
 *
 * <p>Made for an {@link OutputShape}; predictions and targets are flat and row-major in that shape.
 * Updating allocates nothing, except in metrics that keep all scores for their order. Not
 * thread-safe.
 */
public interface Metric {

  /**
   * Adds rows.
   *
   * @param weights one per row; absent: all are one
   */
  void update(float[] predictions, float[] targets, float @Nullable [] weights, int rows);

  /** Returns the number; NaN if the rows so far do not define one. */
  double value();

  /** Forgets all rows. */
  void reset();

  void save(State state);

  void restore(State state);
}
