package io.millrace.learning.features;

import io.millrace.learning.state.State;

/** The smallest and the largest number of one field. They never forget. */
final class Extremes implements Scaler {
  private double least = Double.POSITIVE_INFINITY;
  private double largest = Double.NEGATIVE_INFINITY;

  @Override
  public void learn(float value) {
    least = Math.min(least, value);
    largest = Math.max(largest, value);
  }

  @Override
  public void refresh() {}

  @Override
  public float apply(float value) {
    return largest > least ? (float) ((value - least) / (largest - least)) : 0;
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
