package io.millrace.cli.predict;

import io.millrace.cli.tables.Table;
import io.millrace.cli.tables.TableRow;
import io.millrace.learning.model.OutputSettings;
import java.util.List;

/**
 * A row of a file.
 *
 * @param columns the names of its cells
 */
public record FileRow(List<String> columns, TableRow row) {
  public FileRow {
    columns = List.copyOf(columns);
  }

  /** Returns the next row of a table. */
  public static FileRow next(Table table) {
    return new FileRow(table.columns(), table.next());
  }

  /** Returns the line in the file where the row begins, from 1. */
  public long line() {
    return row.line();
  }

  /** Returns the cell of a column; empty if it is missing, or the file has no such column. */
  public String cell(String column) {
    int index = columns.indexOf(column);
    return index < 0 ? "" : row.cells().get(index);
  }

  /** Returns the label of an output; empty if it is missing. */
  public String label(OutputSettings output) {
    return output.isLabelled() ? cell(output.field()) : "";
  }

  /** Returns the cell of a column; nothing if it is missing. */
  public List<String> texts(String field) {
    String text = cell(field);
    return text.isEmpty() ? List.of() : List.of(text);
  }
}
