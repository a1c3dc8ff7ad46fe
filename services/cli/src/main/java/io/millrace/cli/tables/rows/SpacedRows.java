package io.millrace.cli.tables.rows;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The lines of a file whose cells are separated by runs of spaces and tabs. */
final class SpacedRows implements RawRows {
  private final BufferedReader text;
  private @Nullable List<String> ahead;
  private long line;

  /**
   * @param text closed with this
   */
  SpacedRows(Reader text) {
    this.text = new BufferedReader(text);
  }

  @Override
  public boolean hasNext() {
    try {
      for (String read; ahead == null && (read = text.readLine()) != null; line++) {
        List<String> cells = cells(read);
        ahead = cells.isEmpty() ? null : cells;
      }
      return ahead != null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public RawRow next() {
    List<String> cells = hasNext() ? ahead : null;
    if (cells == null) {
      throw new NoSuchElementException();
    }
    ahead = null;
    return new RawRow(line, cells);
  }

  @Override
  public void close() {
    try {
      text.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the cells of a line; spaces between quotes are part of a cell. */
  static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    int at = 0;
    while (at < line.length()) {
      char first = line.charAt(at);
      if (first == ' ' || first == '\t') {
        at++;
        continue;
      }
      int closing = first == '"' ? line.indexOf('"', at + 1) : -1;
      int end = closing > 0 ? closing : end(line, at);
      cells.add(line.substring(closing > 0 ? at + 1 : at, end));
      at = end + 1;
    }
    return cells;
  }

  private static int end(String line, int from) {
    int end = from;
    while (end < line.length() && line.charAt(end) != ' ' && line.charAt(end) != '\t') {
      end++;
    }
    return end;
  }
}
