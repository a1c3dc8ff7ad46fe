package io.millrace.learning.features;

import io.millrace.learning.state.State;
import java.util.Arrays;

/**
 * Median and quartiles of the newest {@value #MEMORY} values of one field, exactly.
 *
 * <p>A window, not a sketch: those of DataSketches draw random numbers (KLL and REQ in compaction,
 * the t-digest in sorting), so that the same values in the same order give other quartiles after a
 * restart. The window is sorted anew after each {@value #REFRESHED_EVERY} values.
 */
final class Quartiles implements Scaler {
  private static final int MEMORY = 1024;
  private static final int REFRESHED_EVERY = 64;

  private final float[] newest = new float[MEMORY];
  private final float[] sorted = new float[MEMORY];
  private long count;
  private float median;
  private float range;

  @Override
  public void learn(float value) {
    newest[(int) (count % MEMORY)] = value;
    count++;
    if (count % REFRESHED_EVERY == 0) {
      measure();
    }
  }

  @Override
  public void refresh() {
    if (count < REFRESHED_EVERY) {
      measure();
    }
  }

  @Override
  public float apply(float value) {
    float deviation = value - median;
    return range > 0 ? deviation / range : deviation;
  }

  @Override
  public void copyFrom(Scaler source) {
    Quartiles other = (Quartiles) source;
    System.arraycopy(other.newest, 0, newest, 0, MEMORY);
    count = other.count;
    median = other.median;
    range = other.range;
  }

  @Override
  public void save(State state) {
    state.put("newest", Arrays.copyOf(newest, size()));
    state.put("count", count);
    state.put("median", median);
    state.put("range", range);
  }

  @Override
  public void restore(State state) {
    float[] saved = state.floats("newest");
    System.arraycopy(saved, 0, newest, 0, saved.length);
    count = state.integer("count");
    median = (float) state.decimal("median");
    range = (float) state.decimal("range");
  }

  private int size() {
    return (int) Math.min(count, MEMORY);
  }

  private void measure() {
    int size = size();
    System.arraycopy(newest, 0, sorted, 0, size);
    Arrays.sort(sorted, 0, size);
    if (size > 0) {
      median = sorted[size / 2];
      range = sorted[3 * size / 4] - sorted[size / 4];
    }
  }
}
