package io.millrace.cli.sample;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** Small data for tests, column by column. */
final class Samples {
  private final int rows;
  private final Map<String, IntFunction<String>> columns = new LinkedHashMap<>();

  private Samples(int rows) {
    this.rows = rows;
  }

  static Samples of(int rows) {
    return new Samples(rows);
  }

  /**
   * Adds a column.
   *
   * @param value the cell of a row, from 0
   */
  Samples with(String name, IntFunction<Object> value) {
    columns.put(name, row -> String.valueOf(value.apply(row)));
    return this;
  }

  /** Adds a column of numbers without a pattern. */
  Samples withNumbers(String name) {
    int start = columns.size() + 1;
    return with(name, row -> row * 7919 % 1000 * start % 997 / 10.0);
  }

  DataSample sample() {
    DataSample sample = new DataSample();
    for (int row = 0; row < rows; row++) {
      Map<String, String> cells = new LinkedHashMap<>();
      for (Map.Entry<String, IntFunction<String>> column : columns.entrySet()) {
        cells.put(column.getKey(), column.getValue().apply(row));
      }
      sample.add(cells, row + 2);
    }
    return sample;
  }

  /** Returns the data as a CSV file; no cell needs quotes. */
  String csv() {
    List<String> lines = new ArrayList<>(List.of(String.join(",", columns.keySet())));
    for (int row = 0; row < rows; row++) {
      int each = row;
      lines.add(String.join(",", columns.values().stream().map(v -> v.apply(each)).toList()));
    }
    return String.join("\n", lines) + "\n";
  }

  ColumnSample column(String name) {
    return sample().columns().stream()
        .filter(column -> column.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
