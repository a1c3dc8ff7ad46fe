package io.millrace.cli.tables;

import java.util.regex.Pattern;

/** What is done to every cell, whatever its column. */
final class Cells {
  private static final Pattern LIST = Pattern.compile("\\[[-+.\\deE,;\\s]*]");
  private static final Pattern BETWEEN = Pattern.compile("[,;\\s]+");

  private Cells() {}

  /**
   * Returns a cell without the spaces around it. A list of numbers, {@code [1, 2, 3]}, becomes
   * {@code 1;2;3}.
   */
  static String strip(String cell) {
    int from = 0;
    int to = cell.length();
    while (from < to && isSpace(cell.charAt(from))) {
      from++;
    }
    while (to > from && isSpace(cell.charAt(to - 1))) {
      to--;
    }
    String stripped = from == 0 && to == cell.length() ? cell : cell.substring(from, to);
    return stripped.startsWith("[") ? list(stripped) : stripped;
  }

  /** Also spaces that keep words together, which Java does not count. */
  private static boolean isSpace(char character) {
    return Character.isWhitespace(character)
        || Character.isSpaceChar(character)
        || character == '\ufeff';
  }

  private static String list(String cell) {
    if (!LIST.matcher(cell).matches()) {
      return cell;
    }
    String inside = cell.substring(1, cell.length() - 1).strip();
    return BETWEEN.matcher(inside).replaceAll(";");
  }
}
