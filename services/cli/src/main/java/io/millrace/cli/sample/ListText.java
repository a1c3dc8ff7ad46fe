package io.millrace.cli.sample;

import io.millrace.cli.produce.Cell;
import io.millrace.learning.features.UntypedNumbers;

/** A list of numbers as text: in JSON's notation, or with semicolons, as files have it. */
final class ListText {
  private ListText() {}

  /** Returns how many numbers the list has; 0 if the text is not a list of numbers. */
  static int size(String text) {
    if (text.indexOf(';') >= 0) {
      return UntypedNumbers.parts(text).length;
    }
    if (!text.startsWith("[") || !text.endsWith("]")) {
      return 0;
    }
    String[] items = text.substring(1, text.length() - 1).split(",");
    for (String item : items) {
      if (!Cell.isNumber(item.strip())) {
        return 0;
      }
    }
    return items.length;
  }
}
