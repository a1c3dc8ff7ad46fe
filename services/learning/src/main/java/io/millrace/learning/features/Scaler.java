package io.millrace.learning.features;

import io.millrace.learning.state.State;
import java.util.Optional;

/** Scales the numbers of one field by the numbers seen before. Owned by one thread. */
interface Scaler {
  void learn(double value);

  /** Ends the learning of a mini-batch's rows. */
  void refresh();

  float apply(double value);

  /** Returns what was learned if a number is only shifted and scaled; else empty. */
  default Optional<LinearScaling> linear() {
    return Optional.empty();
  }

  void copyFrom(Scaler other);

  void save(State state);

  void restore(State state);

  /** Returns a new scaler that has seen nothing. */
  static Scaler of(Scaling scaling) {
    return switch (scaling) {
      case STANDARD -> new Moments();
      case MIN_MAX -> new Extremes();
      case ROBUST -> new Quartiles();
      case NONE -> new Unscaled();
    };
  }

  /** Passes numbers on unchanged. */
  final class Unscaled implements Scaler {
    @Override
    public void learn(double value) {}

    @Override
    public void refresh() {}

    @Override
    public float apply(double value) {
      return (float) value;
    }

    @Override
    public void copyFrom(Scaler other) {}

    @Override
    public void save(State state) {}

    @Override
    public void restore(State state) {}
  }
}
