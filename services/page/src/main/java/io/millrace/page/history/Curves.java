package io.millrace.page.history;

import io.millrace.page.history.Curve.Extremes;
import io.millrace.page.json.JsonText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Curves over common rows. However many samples come, there are at most {@value #ROWS} rows: when
 * they are used up, each two neighbours become one. Confined to its owner, which locks.
 */
final class Curves {
  private static final int ROWS = 4096;
  private static final int MOST_CURVES = 64;
  private static final int MOST_OF_SLICES = 40;
  private static final int LONGEST_NAME = 200;

  /** The most numbers in one answer, of at most some 13 bytes. */
  private static final int MOST_NUMBERS = 80_000;

  private final Shown shown;
  private final Map<String, Curve> curves = new LinkedHashMap<>();
  private final long[] records = new long[ROWS];
  private final long[] millis = new long[ROWS];
  private int rows;
  private int ofSlices;
  private long firstRecords;
  private long firstMillis;

  /** How many samples a full row has, and how many the newest one has. */
  private long width = 1;

  private long inNewest;

  /** What an answer shows of several samples. */
  enum Shown {
    /** The least and the largest value, in the order in which they came. */
    EXTREMES,

    /** Single samples, the same of each curve, so that values that add up still do. */
    SAMPLES
  }

  Curves(Shown shown) {
    this.shown = shown;
  }

  /**
   * Adds a sample.
   *
   * @param recordsNow the number of records, which does not fall
   * @param values by curve; a curve beyond the limits is left out
   */
  void add(long recordsNow, long timeMillis, Map<String, Double> values) {
    if (rows == 0) {
      firstRecords = recordsNow;
      firstMillis = timeMillis;
    }
    if (rows == ROWS && inNewest == width) {
      halve();
    }
    if (rows == 0 || inNewest == width) {
      rows++;
      inNewest = 0;
    }
    inNewest++;
    int row = rows - 1;
    records[row] = Math.max(recordsNow, row == 0 ? 0 : records[row - 1]);
    millis[row] = timeMillis;
    values.forEach((name, value) -> add(row, name, value));
  }

  /** Forgets all curves but these. */
  void retain(Set<String> names) {
    curves.keySet().retainAll(names);
  }

  void clear() {
    curves.clear();
    rows = 0;
    ofSlices = 0;
    width = 1;
    inNewest = 0;
  }

  /** Writes the columns {@code records} and {@code time}, and the object {@code series}. */
  void write(JsonText json, int points) {
    Thinned thinned = new Thinned(points);
    json.array("records", column -> thinned.places(column, records, firstRecords));
    writeTime(json, thinned);
    json.object("series", series -> writeSeries(series, thinned));
  }

  /** Writes the column {@code time}, and one of each curve beside it. */
  void writeFlat(JsonText json, int points) {
    Thinned thinned = new Thinned(points);
    writeTime(json, thinned);
    writeSeries(json, thinned);
  }

  private void writeTime(JsonText json, Thinned thinned) {
    json.array("time", column -> thinned.places(column, millis, firstMillis));
  }

  private void writeSeries(JsonText json, Thinned thinned) {
    curves.forEach((name, curve) -> json.array(name, column -> thinned.values(column, curve)));
  }

  private void add(int row, String name, double value) {
    Curve curve = curves.get(name);
    if (curve == null && isWithinLimits(name)) {
      curve = new Curve(ROWS);
      curves.put(name, curve);
      ofSlices += isOfSlice(name) ? 1 : 0;
    }
    if (curve != null) {
      curve.add(row, value);
    }
  }

  private boolean isWithinLimits(String name) {
    return curves.size() < MOST_CURVES
        && name.length() <= LONGEST_NAME
        && (!isOfSlice(name) || ofSlices < MOST_OF_SLICES);
  }

  /** Such as {@code val_loss[carrier=AA]}. */
  private static boolean isOfSlice(String name) {
    return name.endsWith("]");
  }

  private void halve() {
    curves.values().forEach(curve -> curve.halve(rows));
    for (int row = 0; row < rows / 2; row++) {
      records[row] = records[2 * row + 1];
      millis[row] = millis[2 * row + 1];
    }
    rows /= 2;
    width *= 2;
    inNewest = width;
  }

  /**
   * The rows as an answer shows them. If they are too many, or hold several samples each, two
   * points stand for some rows. The last point is the newest value.
   */
  private final class Thinned {
    private final boolean isWhole;
    private final int rowsEach;

    Thinned(int points) {
      int most = Math.max(4, Math.min(points, MOST_NUMBERS / Math.max(1, curves.size())));
      isWhole = width == 1 && rows <= most;
      int groups = Math.max(1, (most - 1) / 2);
      rowsEach = Math.max(1, (rows + groups - 1) / groups);
    }

    void places(JsonText column, long[] of, long first) {
      if (isWhole) {
        for (int row = 0; row < rows; row++) {
          column.add(of[row]);
        }
        return;
      }
      long before = first;
      for (int begin = 0; begin < rows; begin += rowsEach) {
        int end = Math.min(rows, begin + rowsEach);
        long until = of[end - 1];
        int parts = end == rows ? 3 : 2; // the newest value has a place of its own
        for (int part = 1; part <= parts; part++) {
          column.add(before + (until - before) * part / parts);
        }
        before = until;
      }
    }

    void values(JsonText column, Curve curve) {
      if (isWhole) {
        for (int row = 0; row < rows; row++) {
          column.addShort(curve.last(row));
        }
        return;
      }
      for (int begin = 0; begin < rows; begin += rowsEach) {
        int end = Math.min(rows, begin + rowsEach);
        Extremes two =
            shown == Shown.EXTREMES
                ? curve.extremes(begin, end)
                : new Extremes(curve.last((begin + end - 1) / 2), curve.last(end - 1));
        column.addShort(two.first()).addShort(two.second());
        if (end == rows) {
          column.addShort(curve.last(end - 1));
        }
      }
    }
  }
}
