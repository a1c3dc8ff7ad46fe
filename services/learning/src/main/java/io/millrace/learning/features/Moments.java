package io.millrace.learning.features;

import io.millrace.learning.state.State;
import java.util.Optional;

/**
 * Mean and variance of one field, learned as {@link Standardization} does for many. Each field has
 * its own count, because some values are missing.
 */
final class Moments implements Scaler {
  private long count;
  private double mean;
  private double variance;
  private double widest;
  private double scale;

  @Override
  public void learn(double value) {
    count = Math.min(count + 1, Standardization.MEMORY);
    double share = 1.0 / count;
    double deviation = value - mean;
    mean += deviation * share;
    variance += (deviation * (value - mean) - variance) * share;
  }

  @Override
  public void refresh() {
    widest = Math.max(widest, variance);
    scale = RowMoments.scale(mean, variance, widest);
  }

  @Override
  public float apply(double value) {
    return (float) ((value - mean) * scale);
  }

  @Override
  public Optional<LinearScaling> linear() {
    return Optional.of(LinearScaling.of(mean, scale == 0 ? 0 : 1 / scale));
  }

  /** Returns the mean of the values seen; 0 before the first. */
  double mean() {
    return mean;
  }

  @Override
  public void copyFrom(Scaler source) {
    Moments other = (Moments) source;
    count = other.count;
    mean = other.mean;
    variance = other.variance;
    widest = other.widest;
    refresh();
  }

  @Override
  public void save(State state) {
    state.put("count", count);
    state.put("mean", mean);
    state.put("variance", variance);
    state.put("widest", widest);
  }

  @Override
  public void restore(State state) {
    count = state.integer("count");
    mean = state.decimal("mean");
    variance = state.decimal("variance");
    widest = state.has("widest") ? state.decimal("widest") : variance;
    refresh();
  }
}
