package io.millrace.cli.terminal;

import java.util.ArrayList;
import java.util.List;

/** Cells in aligned columns: the first to the left, the others to the right. */
public final class TextTable {
  private static final String GAP = "  ";
  private static final int WIDEST = 40;

  private final List<String[]> rows = new ArrayList<>();

  public TextTable(String... head) {
    row(head);
  }

  /** Adds a row with as many cells as the head. Long cells are cut. */
  public void row(String... cells) {
    String[] shown = cells.clone();
    for (int i = 0; i < shown.length; i++) {
      shown[i] = shown[i].length() <= WIDEST ? shown[i] : shown[i].substring(0, WIDEST - 1) + "~";
    }
    rows.add(shown);
  }

  /** Returns the head and the rows. */
  public List<String> lines() {
    int[] widths = new int[rows.get(0).length];
    for (String[] row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row[i].length());
      }
    }
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private static String line(String[] row, int[] widths) {
    StringBuilder line = new StringBuilder(row[0]).append(" ".repeat(widths[0] - row[0].length()));
    for (int i = 1; i < row.length; i++) {
      line.append(GAP).append(" ".repeat(widths[i] - row[i].length())).append(row[i]);
    }
    return line.toString().stripTrailing();
  }
}
