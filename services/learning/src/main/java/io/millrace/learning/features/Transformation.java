package io.millrace.learning.features;

import io.millrace.learning.state.State;

/**
 * Turns a feature's raw cells into the numbers that the network sees, with what it has learned of
 * the rows before; the same code, on the same statistics, in training and in serving. What it
 * learns follows from the rows alone. Owned by one thread; {@link #apply} allocates nothing.
 */
abstract class Transformation {

  /** Learns from the first {@code rows} rows. */
  void learn(float[] raw, int rows) {}

  /** Writes what the network sees of the first {@code rows} rows. */
  abstract void apply(float[] raw, float[] target, int rows);

  /** Takes over what another transformation of the same feature has learned. */
  void copyFrom(Transformation other) {}

  void save(State state) {}

  void restore(State state) {}
}
