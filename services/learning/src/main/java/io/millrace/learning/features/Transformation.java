package io.millrace.learning.features;

import io.millrace.learning.state.State;
import java.util.List;
import java.util.Optional;

/**
 * Turns a feature's raw cells into the network's numbers, with what it has learned from earlier
 * rows. Training and serving run the same code on the same statistics. What it learns depends on
 * the rows alone. Owned by one thread; {@link #apply} allocates nothing.
 */
abstract class Transformation {

  /** Learns from the first {@code rows} rows. */
  void learn(float[] raw, int rows) {}

  /** Writes the network's input for the first {@code rows} rows. */
  abstract void apply(float[] raw, float[] target, int rows);

  /** Takes over what another transformation of the same feature has learned. */
  void copyFrom(Transformation other) {}

  /** Returns what was learned if every number is only shifted and scaled; else empty. */
  Optional<LinearScaling> linear() {
    return Optional.empty();
  }

  /**
   * Returns the last step, in which numbers are shifted and scaled, whatever comes before; empty if
   * there is none.
   */
  Optional<LinearScaling> scaling() {
    return linear();
  }

  /** Returns what takes the place of missing numbers before that step, by field. */
  List<Double> replacements() {
    return List.of();
  }

  void save(State state) {}

  void restore(State state) {}
}
