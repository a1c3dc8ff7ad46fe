package io.millrace.cli.tables.rows;

import java.util.List;

/**
 * A row as it stands in the file.
 *
 * @param line the line where it begins, from 1
 * @param cells as many as there are
 * @param problem why there are no cells; empty if there is no reason
 */
public record RawRow(long line, List<String> cells, String problem) {

  RawRow(long line, List<String> cells) {
    this(line, cells, "");
  }

  /** Returns whether it is only separators and spaces, as spreadsheets write below the last row. */
  public boolean isBlank() {
    return problem.isEmpty() && cells.stream().allMatch(String::isBlank);
  }

  /** Returns whether there are values beyond this many cells. */
  public boolean hasMoreThan(int columns) {
    return cells.size() > columns
        && cells.subList(columns, cells.size()).stream().anyMatch(cell -> !cell.isBlank());
  }
}
