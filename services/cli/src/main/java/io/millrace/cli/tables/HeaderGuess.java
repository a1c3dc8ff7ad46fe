package io.millrace.cli.tables;

import java.util.ArrayList;
import java.util.List;

/** Tells whether the first row names the columns, by comparing it with the rows below. */
final class HeaderGuess {
  private static final int FEW = 2;
  private static final int MANY = 5;
  private static final int FIRST_YEAR = 1900;
  private static final int LAST_YEAR = 2100;

  private HeaderGuess() {}

  /**
   * Returns whether the first row is a header.
   *
   * @param first the cells of the first row
   * @param below what the rows below it say, column by column
   */
  static boolean isHeader(List<String> first, List<ColumnVotes> below, Missing missing) {
    int names = 0;
    int values = 0;
    List<String> numbers = new ArrayList<>();
    for (int i = 0; i < first.size(); i++) {
      String cell = Cells.strip(first.get(i));
      if (missing.is(cell)) {
        continue;
      }
      boolean isNumber = isNumber(cell);
      if (isNumber) {
        numbers.add(cell);
      }
      ColumnVotes votes = i < below.size() ? below.get(i) : new ColumnVotes();
      boolean isTyped = votes.isOfNumbers() || votes.isOfDates();
      if (isNumber && (isTyped || votes.isEmpty()) || isDate(cell) || votes.has(cell)) {
        values++;
      } else if (isTyped || votes.isOfNames()) {
        names++;
      }
    }
    return names >= values || isCounted(numbers, names);
  }

  /** Returns whether numbers count columns, as 0, 1, 2 and so on, or years. */
  private static boolean isCounted(List<String> numbers, int names) {
    if (numbers.isEmpty() || !numbers.get(0).matches("\\d{1,9}")) {
      return false;
    }
    long first = Long.parseLong(numbers.get(0));
    boolean isYear = first >= FIRST_YEAR && first <= LAST_YEAR;
    if (numbers.size() < (names > 0 || isYear ? FEW : MANY)) {
      return false;
    }
    for (int i = 1; i < numbers.size(); i++) {
      if (!numbers.get(i).equals(String.valueOf(first + i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isNumber(String cell) {
    return NumberText.read(cell, false) != null || NumberText.read(cell, true) != null;
  }

  private static boolean isDate(String cell) {
    return DateText.read(cell, true) != null || DateText.read(cell, false) != null;
  }
}
