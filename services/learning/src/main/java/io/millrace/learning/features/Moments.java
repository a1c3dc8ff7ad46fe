package io.millrace.learning.features;

import io.millrace.learning.state.State;

/**
 * Mean and variance of one field, as {@link Standardization} learns those of many; each field has a
 * count of its own, since some values are missing.
 */
final class Moments implements Scaler {
  private long count;
  private double mean;
  private double variance;
  private float shift;
  private float scale = 1;

  @Override
  public void learn(float value) {
    count = Math.min(count + 1, Standardization.MEMORY);
    double share = 1.0 / count;
    double deviation = value - mean;
    mean += deviation * share;
    variance += (deviation * (value - mean) - variance) * share;
  }

  @Override
  public void refresh() {
    shift = (float) mean;
    scale = variance > Standardization.SMALLEST_VARIANCE ? (float) (1 / Math.sqrt(variance)) : 1;
  }

  @Override
  public float apply(float value) {
    return (value - shift) * scale;
  }

  /** Returns the mean of the values seen; 0 before the first. */
  float mean() {
    return shift;
  }

  @Override
  public void copyFrom(Scaler source) {
    Moments other = (Moments) source;
    count = other.count;
    mean = other.mean;
    variance = other.variance;
    refresh();
  }

  @Override
  public void save(State state) {
    state.put("count", count);
    state.put("mean", mean);
    state.put("variance", variance);
  }

  @Override
  public void restore(State state) {
    count = state.integer("count");
    mean = state.decimal("mean");
    variance = state.decimal("variance");
    refresh();
  }
}
