package io.millrace.cli.sample;

import java.util.Locale;

/** Numbers as a person reads them, alike in every country. */
final class Plain {
  private static final double LONGEST = 1e15;

  private Plain() {}

  static String number(double number) {
    return number == Math.rint(number) && Math.abs(number) < LONGEST
        ? String.valueOf((long) number)
        : String.valueOf((float) number);
  }

  static String formatted(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }

  /** Returns a count with its word: {@code 1 row}, {@code 1,200 rows}. */
  static String count(long count, String word) {
    return formatted("%,d %s%s", count, word, count == 1 ? "" : "s");
  }

  /** Returns a share as per cent, with a digit more where it is small. */
  static String share(long part, long whole) {
    double percent = 100.0 * part / Math.max(1, whole);
    return formatted(percent >= 10 || percent == 0 ? "%.0f %%" : "%.1f %%", percent);
  }
}
