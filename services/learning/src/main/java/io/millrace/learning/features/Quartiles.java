package io.millrace.learning.features;

import io.millrace.learning.state.IncompatibleStateException;
import io.millrace.learning.state.State;
import java.util.Arrays;
import java.util.Optional;

/**
 * Median and exact quartiles of the newest {@value #MEMORY} values of one field.
 *
 * <p>This is a window, not a sketch. The sketches of DataSketches draw random numbers (KLL and REQ
 * in compaction, the t-digest in sorting), so the same values in the same order would give other
 * quartiles after a restart. The window is sorted anew after every {@value #REFRESHED_EVERY}
 * values. If both quartiles are equal, the smallest and the largest value replace them; if these
 * are equal too, each value becomes 0.
 */
final class Quartiles implements Scaler {
  private static final int MEMORY = 1024;
  private static final int REFRESHED_EVERY = 64;

  private final double[] newest = new double[MEMORY];
  private final double[] sorted = new double[MEMORY];
  private long count;
  private double median;
  private double range;

  @Override
  public void learn(double value) {
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
  public float apply(double value) {
    return range > 0 ? (float) ((value - median) / range) : 0;
  }

  @Override
  public Optional<LinearScaling> linear() {
    return Optional.of(LinearScaling.of(median, range));
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
    state.put("values", Arrays.copyOf(newest, size()));
    state.put("count", count);
    state.put("median", median);
    state.put("range", range);
  }

  @Override
  public void restore(State state) {
    if (!state.has("values")) {
      throw new IncompatibleStateException(
          "its robust scaling kept values in single precision, in another version; this one keeps"
              + " all digits");
    }
    double[] saved = state.decimals("values");
    System.arraycopy(saved, 0, newest, 0, saved.length);
    count = state.integer("count");
    median = state.decimal("median");
    range = state.decimal("range");
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
      range = differing(sorted[3 * size / 4] - sorted[size / 4]);
      range = range > 0 ? range : differing(sorted[size - 1] - sorted[0]);
    }
  }

  private double differing(double distance) {
    return distance > Precision.ROUNDING * Math.abs(median) ? distance : 0;
  }
}
