package io.millrace.learning.metrics;

import io.millrace.learning.state.State;
import org.jspecify.annotations.Nullable;

/**
 * A number about all rows since the last reset, whatever batches they came in.
 *
 * <p>Made for an {@link OutputShape}; predictions and targets are flat and row-major in that shape.
 * Updating allocates nothing, except that metrics over the order of all scores keep these. Not
 * thread safe.
 */
public interface Metric {

  /**
   * Takes rows into account.
   *
   * @param weights one a row; all are one where absent
   */
  void update(float[] predictions, float[] targets, float @Nullable [] weights, int rows);

  /** Returns the number; NaN where the rows so far do not define one. */
  double value();

  /** Forgets all rows. */
  void reset();

  void save(State state);

  void restore(State state);
}
