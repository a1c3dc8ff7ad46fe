package io.millrace.cli.tables;

import io.millrace.cli.tables.rows.RawRow;
import io.millrace.cli.tables.rows.RawRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The table of a file that has been looked at. Confined to one thread. */
final class FileTable implements Table {
  /** What stands for characters that the encoding does not have. */
  private static final char UNKNOWN = '\ufffd';

  private final RawRows rows;
  private final List<String> columns;
  private final ColumnForm[] forms;
  private final Missing missing;
  private final String others;
  private @Nullable RawRow ahead;

  /**
   * @param forms the forms of the columns, by name, in order
   */
  FileTable(FileLook look, Map<String, ColumnForm> forms, Missing missing) {
    this.columns = List.copyOf(forms.keySet());
    this.forms = forms.values().toArray(ColumnForm[]::new);
    this.missing = missing;
    this.others = look.hasHeader() ? "the header names" : "most rows have";
    this.rows = look.file().isJson() ? look.file().rows(columns) : look.file().rows();
    int passed = look.title() + (look.hasHeader() ? 1 : 0);
    for (int row = 0; row < passed && hasNext(); row++) {
      ahead = null;
    }
  }

  @Override
  public List<String> columns() {
    return columns;
  }

  @Override
  public boolean hasNext() {
    while (ahead == null && rows.hasNext()) {
      RawRow row = rows.next();
      ahead = row.isBlank() ? null : row;
    }
    return ahead != null;
  }

  @Override
  public TableRow next() {
    RawRow row = hasNext() ? ahead : null;
    if (row == null) {
      throw new NoSuchElementException();
    }
    ahead = null;
    if (!row.problem().isEmpty()) {
      return unusable(row, row.problem());
    }
    return row.hasMoreThan(columns.size()) ? unusable(row, count(row)) : usable(row);
  }

  @Override
  public void close() {
    rows.close();
  }

  private TableRow usable(RawRow row) {
    List<String> cells = new ArrayList<>(columns.size());
    boolean isDamaged = false;
    for (int i = 0; i < forms.length; i++) {
      String cell = i < row.cells().size() ? Cells.strip(row.cells().get(i)) : "";
      isDamaged |= cell.indexOf(UNKNOWN) >= 0;
      boolean isMissing = missing.is(cell);
      cells.add(isMissing ? "" : forms[i].read(cell));
    }
    List<String> problems = new ArrayList<>(0);
    if (row.cells().size() < forms.length) {
      problems.add(count(row));
    }
    if (isDamaged) {
      problems.add("has characters that its encoding lacks");
    }
    return new TableRow(row.line(), cells, problems);
  }

  private TableRow unusable(RawRow row, String problem) {
    List<String> cells = new ArrayList<>(columns.size());
    columns.forEach(column -> cells.add(""));
    return new TableRow(row.line(), cells, List.of(problem));
  }

  private String count(RawRow row) {
    return "has %d cells, %s %d".formatted(row.cells().size(), others, columns.size());
  }
}
