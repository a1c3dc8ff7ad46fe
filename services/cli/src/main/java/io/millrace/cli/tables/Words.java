package io.millrace.cli.tables;

import java.util.Collection;
import java.util.stream.Collectors;

/** Parts of sentences for a person. */
final class Words {
  private static final int MOST_NAMES = 8;
  private static final int LONGEST_VALUE = 40;

  private Words() {}

  /** Returns names in a row; of many, the first ones and how many follow. */
  static String list(Collection<String> names) {
    String some = names.stream().limit(MOST_NAMES).collect(Collectors.joining(", "));
    int others = names.size() - MOST_NAMES;
    return others > 0 ? some + " and " + others + " more" : some;
  }

  /** Returns a number and what it counts. */
  static String count(long number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  /** Returns a value in quotes, shortened where it is long. */
  static String quoted(String value) {
    String shown =
        value.length() > LONGEST_VALUE ? value.substring(0, LONGEST_VALUE) + "..." : value;
    return '"' + shown + '"';
  }
}
