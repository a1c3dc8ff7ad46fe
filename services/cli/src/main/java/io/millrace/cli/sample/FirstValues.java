package io.millrace.cli.sample;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** The values of a column in the first rows, to be compared with another column's. */
final class FirstValues {
  static final int MOST = 5000;

  private static final int NO_NAME = -1;

  private final Map<String, Integer> known = new HashMap<>();
  private int[] names = new int[16];
  private double[] numbers = new double[16];

  /**
   * @param name the value's name; empty if it is missing
   * @param number the value; NaN if it is no number
   */
  void set(int row, String name, double number) {
    if (row >= MOST) {
      return;
    }
    if (row >= names.length) {
      names = Arrays.copyOf(names, 2 * row);
      numbers = Arrays.copyOf(numbers, 2 * row);
    }
    names[row] = name.isEmpty() ? NO_NAME : known.computeIfAbsent(name, each -> known.size());
    numbers[row] = number;
  }

  /** Returns how many different names there are. */
  int distinct() {
    return known.size();
  }

  /** Returns the number of a row's name; below 0 if it has none. */
  int name(int row) {
    return names[row];
  }

  /** Returns a row's number; NaN if it has none. */
  double number(int row) {
    return numbers[row];
  }
}
