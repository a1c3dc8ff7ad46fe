package io.millrace.cli.produce;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/** Parses the text of one CSV cell. */
public final class Cell {
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,4})?");
  private static final Pattern JSON_NUMBER =
      Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d{1,4})?");

  private Cell() {}

  /**
   * Returns whether the text is a decimal number. {@code NaN}, {@code 0x1p3} and {@code 1f} are
   * not.
   */
  public static boolean isNumber(String text) {
    return DECIMAL.matcher(text).matches();
  }

  /** Returns a number in JSON's notation, unchanged if possible, so that no digit is lost. */
  static String jsonNumber(String text) {
    return JSON_NUMBER.matcher(text).matches() ? text : new BigDecimal(text).toString();
  }

  /** Returns the number nearest to the text; NaN if the text is not a number. */
  static float toFloat(String text) {
    return isNumber(text) ? Float.parseFloat(text) : Float.NaN;
  }
}
