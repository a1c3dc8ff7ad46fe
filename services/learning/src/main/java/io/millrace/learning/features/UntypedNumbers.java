package io.millrace.learning.features;

import java.util.regex.Pattern;

/** Reads numbers in formats where everything is text. */
public final class UntypedNumbers {
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d{1,400}+(\\.\\d{0,400}+)?|\\.\\d{1,400}+)([eE][+-]?\\d{1,4})?");
  private static final Pattern GAP = Pattern.compile("[ ;|]+");
  private static final String[] NONE = {};

  private UntypedNumbers() {}

  /** Returns whether the text is a decimal number; {@code NaN} and {@code 0x1p3} are not. */
  public static boolean isOne(String text) {
    return NUMBER.matcher(text).matches();
  }

  /**
   * Returns the numbers of a list separated by spaces, semicolons or bars; empty if it is not a
   * list of numbers.
   */
  public static String[] parts(String text) {
    String[] parts = GAP.split(text.strip());
    for (String part : parts) {
      if (!isOne(part)) {
        return NONE;
      }
    }
    return parts;
  }
}
