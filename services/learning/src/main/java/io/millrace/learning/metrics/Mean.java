package io.millrace.learning.metrics;

import io.millrace.learning.state.State;

/** A weighted mean of values added one by one, such as losses of rows. Not thread-safe. */
public final class Mean {
  private double sum;
  private double weight;

  public void add(double value, double weight) {
    sum += value * weight;
    this.weight += weight;
  }

  /** Returns the mean; NaN before the first value. */
  public double value() {
    return sum / weight;
  }

  public void reset() {
    sum = 0;
    weight = 0;
  }

  public void save(State state) {
    state.put("sum", sum);
    state.put("weight", weight);
  }

  public void restore(State state) {
    sum = state.decimal("sum");
    weight = state.decimal("weight");
  }
}
