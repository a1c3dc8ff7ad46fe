package io.millrace.cli.tables;

import io.millrace.cli.failures.CommandFailedException;
import io.millrace.cli.tables.rows.RawRow;
import io.millrace.cli.tables.rows.RawRows;
import io.millrace.cli.tables.rows.RowFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The first row of a file, and what the rows below it say. Confined to one thread. */
final class FirstRows {
  private static final int SHOWN = 3;

  private final RowFile file;
  private final List<String> first;
  private final Missing missing;
  private final List<ColumnVotes> votes = new ArrayList<>();
  private final Map<Integer, Integer> rowsByCells = new HashMap<>();

  /** The first lines with each number of cells. */
  private final Map<Integer, List<Long>> lines = new TreeMap<>();

  private long rows;
  private long characters;

  private FirstRows(RowFile file, List<String> first, Missing missing) {
    this.file = file;
    this.first = first;
    this.missing = missing;
  }

  /** Reads the first rows. */
  static FirstRows of(Path path, RowFile file, Missing missing) {
    try (RawRows raw = file.rows()) {
      RawRow first = null;
      while (raw.hasNext() && (first == null || first.isBlank())) {
        first = raw.next();
      }
      if (first == null || first.isBlank()) {
        throw new CommandFailedException(path + " is empty: it has blank lines only");
      }
      FirstRows found = new FirstRows(file, first.cells(), missing);
      while (found.rows < FileLook.ROWS
          && found.characters < FileLook.MOST_CHARACTERS
          && raw.hasNext()) {
        found.add(raw.next());
      }
      return found;
    }
  }

  private void add(RawRow row) {
    if (row.isBlank()) {
      return;
    }
    int cells = row.cells().size();
    rows++;
    rowsByCells.merge(cells, 1, Integer::sum);
    List<Long> alike = lines.computeIfAbsent(cells, key -> new ArrayList<>());
    if (alike.size() < SHOWN) {
      alike.add(row.line());
    }
    add(row.cells());
  }

  private void add(List<String> cells) {
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

  /**
   * Returns the columns, and what their values say.
   *
   * @param asked what the first row is; null to tell by the rows
   */
  FileLook look(FileSettings.@Nullable Header asked) {
    int usual = usualCells();
    boolean isHeader =
        asked == null
            ? HeaderGuess.isHeader(first, votes, missing)
            : asked == FileSettings.Header.FIRST_ROW
                || first.equals(ColumnNames.numbered(usual).names());
    if (!isHeader) {
      add(first);
    }
    boolean endsInSeparator = usual == first.size() + 1 && votes(usual - 1).isEmpty();
    ColumnNames names =
        isHeader
            ? ColumnNames.of(first, endsInSeparator ? first.size() : usual)
            : ColumnNames.numbered(usual);
    Map<String, ColumnVotes> columns = new LinkedHashMap<>();
    for (int i = 0; i < names.names().size(); i++) {
      columns.put(names.names().get(i), votes(i));
    }
    List<String> remarks = new ArrayList<>(names.remarks());
    remarks.addAll(irregular(columns.size()));
    return new FileLook(file, isHeader, columns, remarks);
  }

  private List<String> irregular(int columns) {
    List<String> remarks = new ArrayList<>();
    lines.forEach(
        (cells, first) -> {
          int count = rowsByCells.getOrDefault(cells, 0);
          boolean isTrailing = cells == columns + 1 && votes(columns).isEmpty();
          if (cells != columns && !isTrailing) {
            remarks.add(
                "%d rows have %d cells, not %d: line %s%s"
                    .formatted(
                        count,
                        cells,
                        columns,
                        first.stream().map(String::valueOf).collect(Collectors.joining(", ")),
                        count > first.size() ? " and others" : ""));
          }
        });
    return remarks;
  }

  /** Returns how many cells most rows have. */
  private int usualCells() {
    return rowsByCells.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse(first.size());
  }
}
