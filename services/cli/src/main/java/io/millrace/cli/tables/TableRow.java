package io.millrace.cli.tables;

import java.util.List;

/**
 * One row of a file.
 *
 * @param line the line in the file where the row begins, from 1
 * @param cells one for each column, in the table's order, as {@link Table} says; a missing one is
 *     empty
 * @param problems what is wrong with the row as a whole, such as {@code has 3 cells, the header
 *     names 5}; empty for nearly all rows
 */
public record TableRow(long line, List<String> cells, List<String> problems) {
  public TableRow {
    cells = List.copyOf(cells);
    problems = List.copyOf(problems);
  }

  /**
   * Returns whether the cells are known. They are not where the row has more cells than columns, or
   * is no JSON object: then all of them are empty, and the problems say why.
   */
  public boolean isUsable() {
    return problems.isEmpty() || cells.stream().anyMatch(cell -> !cell.isEmpty());
  }
}
