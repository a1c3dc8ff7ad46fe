package io.millrace.cli.terminal;

import java.util.Locale;

/** Numbers in texts for people. */
public final class Figures {
  private Figures() {}

  /**
   * Returns four digits of a number, or that there is none: a metric of rows that do not define it,
   * such as the area under the curve of one class, or one that overflowed.
   */
  public static String rounded(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%.4g", value) : "undefined";
  }
}
