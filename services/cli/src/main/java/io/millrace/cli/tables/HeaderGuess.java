package io.millrace.cli.tables;

import java.util.ArrayList;
import java.util.List;

/** Tells whether the first row names the columns, by comparing it with the rows below. */
final class HeaderGuess {
  private static final int FEW = 2;
  private static final int MANY = 5;

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
    return names >= values || isCounted(numbers, names > 0 ? FEW : MANY);
  }

  /** Returns whether numbers count the columns, as 0, 1, 2 and so on. */
  private static boolean isCounted(List<String> numbers, int least) {
    if (numbers.size() < least || !numbers.get(0).matches("\\d{1,9}")) {
      return false;
    }
    long first = Long.parseLong(numbers.get(0));
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
