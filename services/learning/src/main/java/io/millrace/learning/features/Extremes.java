package io.millrace.learning.features;

import io.millrace.learning.state.State;
import java.util.Optional;

/**
 * Scales one field by its smallest and largest number, which are never forgotten. Numbers that
 * differ by no more than rounding become 0.
 */
final class Extremes implements Scaler {
  private double least = Double.POSITIVE_INFINITY;
  private double largest = Double.NEGATIVE_INFINITY;

  @Override
  public void learn(double value) {
    least = Math.min(least, value);
    largest = Math.max(largest, value);
  }

  @Override
  public void refresh() {}

  @Override
  public float apply(double value) {
    double range = range();
    return range > 0 ? (float) ((value - least) / range) : 0;
  }

  @Override
  public Optional<LinearScaling> linear() {
    return Optional.of(LinearScaling.of(least, range()));
  }

  /** Returns 0 if the numbers differ by no more than rounding. */
  private double range() {
    double range = largest - least;
    double rounding = Precision.ROUNDING * Math.max(Math.abs(least), Math.abs(largest));
    return range > rounding ? range : 0;
  }

  @Override
  public void copyFrom(Scaler source) {
    Extremes other = (Extremes) source;
    least = other.least;
    largest = other.largest;
  }

  @Override
  public void save(State state) {
    state.put("least", least);
    state.put("largest", largest);
  }

  @Override
  public void restore(State state) {
    least = state.decimal("least");
    largest = state.decimal("largest");
  }
}
