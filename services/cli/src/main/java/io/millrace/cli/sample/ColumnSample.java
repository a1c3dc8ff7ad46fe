package io.millrace.cli.sample;

import io.millrace.cli.produce.Cell;
import io.millrace.learning.features.TermName;
import io.millrace.learning.features.TimeForm;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The sampled values of one column. Confined to one thread. */
public final class ColumnSample {
  private static final int MOST_DISTINCT = 1000;
  private static final TimeForm TIMES = new TimeForm(TimeForm.Unit.MILLISECONDS, false);

  private final String name;
  private final Set<String> distinct = new TreeSet<>();
  private long values;
  private long missing;
  private long numbers;
  private long wholeNumbers;
  private long times;
  private long words;
  private double least = Double.POSITIVE_INFINITY;
  private double most = Double.NEGATIVE_INFINITY;

  public ColumnSample(String name) {
    this.name = name;
  }

  /** Adds a value as text; an empty one is missing. */
  public void add(String value) {
    if (value.isEmpty()) {
      missing++;
      return;
    }
    values++;
    words += value.split("\\s+").length;
    if (distinct.size() < MOST_DISTINCT) {
      distinct.add(TermName.of(value));
    }
    if (Cell.isNumber(value)) {
      addNumber(Double.parseDouble(value));
    } else if (TIMES.text(value, new float[2], 0) == null) {
      times++;
    }
  }

  String name() {
    return name;
  }

  long values() {
    return values;
  }

  long missing() {
    return missing;
  }

  /** Returns how many values are not numbers. */
  long noNumbers() {
    return values - numbers;
  }

  double least() {
    return least;
  }

  double most() {
    return most;
  }

  /** Returns the names of the first thousand distinct values, sorted. */
  List<String> distinct() {
    return List.copyOf(distinct);
  }

  /** Returns whether nearly all values are numbers; a few errors do not change the type. */
  boolean isNumeric() {
    return values > 0 && numbers >= 0.95 * values;
  }

  boolean isWhole() {
    return isNumeric() && wholeNumbers == numbers;
  }

  boolean isTime() {
    return values > 0 && times == values;
  }

  /** Returns whether values are sentences rather than names. */
  boolean isProse() {
    return values > 0 && words >= 3 * values && distinct.size() > 20;
  }

  /**
   * Returns whether nearly all values differ, so that the column identifies records and has no use
   * as a feature.
   */
  boolean isIdentifier() {
    boolean allDiffer = distinct.size() >= Math.min(MOST_DISTINCT, 0.95 * values);
    boolean named = name.matches("(?i)(.*[_ .-])?(id|uuid|key|index)");
    return values >= 20 && allDiffer && (named || !(isNumeric() || isTime()));
  }

  private void addNumber(double number) {
    numbers++;
    wholeNumbers += number == Math.rint(number) ? 1 : 0;
    least = Math.min(least, number);
    most = Math.max(most, number);
  }
}
