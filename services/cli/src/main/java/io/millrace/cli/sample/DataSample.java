package io.millrace.cli.sample;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The columns of sampled rows. Confined to one thread. */
public final class DataSample {
  private final Map<String, ColumnSample> columns = new LinkedHashMap<>();
  private int rows;
  private long misshapen;

  /** Adds a row, its cells by column name; a column that it does not have is missing. */
  public void add(Map<String, String> row, long line) {
    row.keySet()
        .forEach(name -> columns.computeIfAbsent(name, each -> new ColumnSample(each, rows)));
    rows++;
    columns.forEach((name, column) -> column.add(row.getOrDefault(name, "").strip(), line));
  }

  /** Counts a row whose cells are unknown, since it has not the form of the others. */
  public void addMisshapen() {
    misshapen++;
  }

  /** Returns how many rows were added. */
  public long rows() {
    return rows;
  }

  /** Returns how many rows had not the form of the others. */
  public long misshapen() {
    return misshapen;
  }

  List<ColumnSample> columns() {
    return new ArrayList<>(columns.values());
  }

  /** Returns whether there is a column of that name. */
  public boolean has(String name) {
    return columns.containsKey(name);
  }

  /** Returns the names of the columns, in order. */
  public List<String> names() {
    return List.copyOf(columns.keySet());
  }

  /**
   * Returns the names that stand among the numbers of some columns, such as {@code unknown}. Read
   * as spellings of a missing value they cost no row.
   */
  public Set<String> namesAmongNumbers() {
    Set<String> names = new LinkedHashSet<>();
    columns.values().forEach(column -> names.addAll(column.namesAmongNumbers()));
    return names;
  }
}
