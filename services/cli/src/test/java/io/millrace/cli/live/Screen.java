package io.millrace.cli.live;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a terminal of some columns shows after some output: as much of one as {@code run} uses. */
final class Screen {
  private static final Pattern CONTROL = Pattern.compile("\u001b\\[(\\??)(\\d*)([A-Za-z])");

  private final int columns;
  private final List<StringBuilder> rows = new ArrayList<>(List.of(new StringBuilder()));
  private int row;
  private int column;
  private boolean wraps = true;

  private Screen(int columns) {
    this.columns = columns;
  }

  /** Returns the lines that are seen, without blanks at their ends. */
  static List<String> of(String output, int columns) {
    Screen screen = new Screen(columns);
    Matcher control = CONTROL.matcher(output);
    int at = 0;
    while (at < output.length()) {
      if (control.find(at) && control.start() == at) {
        screen.control(control.group(3), control.group(2));
        at = control.end();
      } else {
        screen.put(output.charAt(at++));
      }
    }
    List<String> lines = new ArrayList<>();
    screen.rows.forEach(each -> lines.add(each.toString().stripTrailing()));
    while (lines.get(lines.size() - 1).isEmpty()) {
      lines.remove(lines.size() - 1);
    }
    return lines;
  }

  private void control(String name, String number) {
    switch (name) {
      case "A" -> row = Math.max(0, row - (number.isEmpty() ? 1 : Integer.parseInt(number)));
      case "J" -> {
        rows.get(row).setLength(Math.min(column, rows.get(row).length()));
        rows.subList(row + 1, rows.size()).clear();
      }
      case "K" -> rows.get(row).setLength(Math.min(Math.min(column, columns - 1), length()));
      case "h" -> wraps = true;
      case "l" -> wraps = false;
      default -> throw new IllegalArgumentException("unforeseen: " + name);
    }
  }

  private int length() {
    return rows.get(row).length();
  }

  private void put(char sign) {
    if (sign == '\n') {
      row++; // the terminal's driver adds the return
      column = 0;
    } else {
      if (column == columns) {
        row += wraps ? 1 : 0;
        column = wraps ? 0 : columns - 1;
      }
      make();
      StringBuilder line = rows.get(row);
      while (line.length() <= column) {
        line.append(' ');
      }
      line.setCharAt(column++, sign);
    }
    make();
  }

  private void make() {
    while (rows.size() <= row) {
      rows.add(new StringBuilder());
    }
  }
}
