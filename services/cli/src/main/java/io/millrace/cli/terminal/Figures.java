package io.millrace.cli.terminal;

import java.util.Locale;

/** Formats numbers for people. */
public final class Figures {
  private Figures() {}

  /**
   * Returns a number with four significant digits, or "undefined". A metric is not finite if its
   * rows do not define it, such as the area under the curve of one class, or if it overflowed.
   */
  public static String rounded(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%.4g", value) : "undefined";
  }
}
