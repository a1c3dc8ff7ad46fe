package io.millrace.learning.evaluation;

import io.millrace.learning.state.State;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Means of measurements over the newest {@value #ROWS} rows. Owned by one thread. */
final class RollingMeans {
  static final int ROWS = 1000;

  private final List<String> names;
  private final float[][] measured;
  private long seen;

  RollingMeans(String... names) {
    this.names = List.of(names);
    measured = new float[names.length][ROWS];
  }

  List<String> names() {
    return names;
  }

  /** Returns how many slots hold a row. */
  int filled() {
    return (int) Math.min(seen, ROWS);
  }

  /** Returns how many rows there were so far. */
  long seen() {
    return seen;
  }

  /** Returns the slot of the next row's measurements, which replace the oldest. */
  int slot() {
    return (int) (seen % ROWS);
  }

  /**
   * Writes a measurement of the next row.
   *
   * @param name index of the measurement's name
   */
  void put(int name, double value) {
    measured[name][slot()] = (float) value;
  }

  /** Ends a row. */
  void advance() {
    seen++;
  }

  /** Writes the finite means under their names; nothing before the first row. */
  void values(Map<String, Double> target) {
    int rows = filled();
    for (int name = 0; name < measured.length && rows > 0; name++) {
      double sum = 0;
      for (int row = 0; row < rows; row++) {
        sum += measured[name][row];
      }
      if (Double.isFinite(sum)) {
        target.put(names.get(name), sum / rows);
      }
    }
  }

  /** Saves the filled slots: a young model's state is small. */
  void save(State state) {
    for (int name = 0; name < measured.length; name++) {
      state.put("measured_" + name, Arrays.copyOf(measured[name], filled()));
    }
    state.put("seen", seen);
  }

  /** Restores the filled slots; older checkpoints have all of them. */
  void restore(State state) {
    seen = state.integer("seen");
    for (int name = 0; name < measured.length; name++) {
      float[] saved = state.floats("measured_" + name);
      System.arraycopy(saved, 0, measured[name], 0, filled());
    }
  }
}
