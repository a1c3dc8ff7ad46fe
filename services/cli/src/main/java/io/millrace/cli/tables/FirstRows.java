package io.millrace.cli.tables;

import io.millrace.cli.failures.CommandFailedException;
import io.millrace.cli.tables.rows.RawRow;
import io.millrace.cli.tables.rows.RawRows;
import io.millrace.cli.tables.rows.RowFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The first row of a file, and what the rows below it say. Confined to one thread. */
final class FirstRows {
  /** The most lines of a title above the columns. */
  private static final int LONGEST_TITLE = 20;

  private final RowFile file;
  private final Missing missing;
  private final List<RawRow> title = new ArrayList<>();
  private final List<ColumnVotes> votes = new ArrayList<>();

  /** The lines of the rows below the first, by how many cells they have. */
  private final Map<Integer, Lines> lines = new TreeMap<>();

  private @Nullable RawRow first;
  private long rows;
  private long characters;

  private FirstRows(RowFile file, Missing missing) {
    this.file = file;
    this.missing = missing;
  }

  /**
   * Reads the first rows.
   *
   * @throws CommandFailedException if there is none
   */
  static FirstRows of(Path path, RowFile file, Missing missing) {
    FirstRows found = new FirstRows(file, missing);
    try (RawRows raw = file.rows()) {
      while (found.rows < FileLook.ROWS
          && found.characters < FileLook.MOST_CHARACTERS
          && raw.hasNext()) {
        RawRow row = raw.next();
        if (!row.isBlank()) {
          found.add(row);
        }
      }
    }
    if (found.first == null && found.title.isEmpty()) {
      throw new CommandFailedException(path + " is empty: it has blank lines only");
    }
    found.endTitle();
    return found;
  }

  private void add(RawRow row) {
    if (first != null) {
      addBelow(row);
    } else if (row.hasMoreThan(1) || title.size() == LONGEST_TITLE) {
      first = row;
    } else {
      title.add(row);
    }
  }

  private void addBelow(RawRow row) {
    rows++;
    lines.computeIfAbsent(row.cells().size(), key -> new Lines()).add(row.line());
    vote(row.cells());
  }

  private void vote(List<String> cells) {
    for (int i = 0; i < cells.size(); i++) {
      String cell = cells.get(i);
      characters += cell.length();
      votes(i).add(Cells.strip(cell), missing);
    }
  }

  private ColumnVotes votes(int column) {
    while (votes.size() <= column) {
      votes.add(new ColumnVotes());
    }
    return votes.get(column);
  }

  /** Lines of one cell are a title only where there are more cells below. */
  private void endTitle() {
    if (first != null && usualCells() > 1) {
      return;
    }
    List<RawRow> all = new ArrayList<>(title);
    if (first != null) {
      all.add(first);
    }
    title.clear();
    first = all.remove(0);
    all.forEach(this::addBelow);
  }

  /**
   * Returns the columns, and what their values say.
   *
   * @param asked what the first row is; null to tell by the rows
   */
  FileLook look(FileSettings.@Nullable Header asked) {
    List<String> cells = first == null ? List.of() : first.cells();
    int usual = usualCells();
    boolean isHeader =
        asked == null
            ? HeaderGuess.isHeader(cells, votes, missing)
            : asked == FileSettings.Header.FIRST_ROW
                || cells.equals(ColumnNames.numbered(usual).names());
    if (!isHeader) {
      vote(cells);
    }
    boolean endsInSeparator = usual == cells.size() + 1 && votes(usual - 1).isEmpty();
    ColumnNames names =
        isHeader
            ? ColumnNames.of(cells, endsInSeparator ? cells.size() : usual)
            : ColumnNames.numbered(usual);
    Map<String, ColumnVotes> columns = new LinkedHashMap<>();
    for (int i = 0; i < names.names().size(); i++) {
      columns.put(names.names().get(i), votes(i));
    }
    return new FileLook(file, title.size(), isHeader, columns, remarks(names));
  }

  private List<String> remarks(ColumnNames names) {
    List<String> remarks = new ArrayList<>();
    int columns = names.names().size();
    if (!title.isEmpty()) {
      remarks.add("passed over: " + Words.count(title.size(), "line") + " above the columns");
    }
    if (columns == 1) {
      remarks.add("one column only: nothing separates cells alike in all lines");
    }
    remarks.addAll(names.remarks());
    lines.forEach(
        (cells, where) -> {
          boolean isTrailing = cells == columns + 1 && votes(columns).isEmpty();
          if (cells != columns && !isTrailing) {
            remarks.add(
                "%s with %d cells in place of %d: %s"
                    .formatted(Words.count(where.count(), "row"), cells, columns, where));
          }
        });
    return remarks;
  }

  /** Returns how many cells most rows have. */
  private int usualCells() {
    int usual = first == null ? 1 : first.cells().size();
    long most = 0;
    for (Map.Entry<Integer, Lines> alike : lines.entrySet()) {
      if (alike.getValue().count() > most) {
        most = alike.getValue().count();
        usual = alike.getKey();
      }
    }
    return usual;
  }
}
