package io.millrace.cli.terminal;

import java.math.BigDecimal;
import java.math.MathContext;
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

  /** Returns a count with separators, as in {@code 20,000}. */
  public static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /**
   * Returns a number as people write it: whole from a thousand on, with separators, and four
   * significant digits below; or "undefined".
   */
  public static String plain(double value) {
    double size = Math.abs(value);
    if (size >= 1e15 || (size > 0 && size < 1e-4) || !Double.isFinite(value)) {
      return rounded(value);
    }
    if (size >= 1000) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    BigDecimal digits = BigDecimal.valueOf(value).round(new MathContext(4));
    return digits.signum() == 0 ? "0" : digits.stripTrailingZeros().toPlainString();
  }
}
