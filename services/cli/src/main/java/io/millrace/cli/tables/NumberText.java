package io.millrace.cli.tables;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A number as people write it: with a decimal point or comma, with thousands apart, with a percent
 * or currency sign, negative by a sign before or behind it or in parentheses. A percentage is the
 * number before the sign: {@code 12 %} is 12.
 */
final class NumberText {
  private static final int LONGEST = 60;
  private static final int THOUSANDS = 3;

  /** What stands between thousands everywhere; besides, point or comma, whichever is no mark. */
  private static final String GAPS = " \u00a0\u202f\u2009'\u2019";

  private static final String CURRENCY =
      "(?:US\\$|R\\$|C\\$|A\\$|[$\u20ac\u00a3\u00a5\u20b9\u20bd\u20a9\u20ba\u20aa\u20bf]|kr\\.?|z\u0142|Fr\\.?"
          + "|Rs\\.?|(?:USD|EUR|GBP|JPY|CHF|CNY|INR|AUD|CAD|NZD|SEK|NOK|DKK|PLN|CZK|HUF|RUB|TRY|BRL"
          + "|MXN|ZAR|KRW|SGD|HKD)(?![A-Z]))";
  private static final String SIGN = "[+\u2212-]?";
  private static final String SPACE = "[ \u00a0\u202f\u2009]*+";
  private static final Pattern SIGNED =
      Pattern.compile(
          "(?<open>\\()?"
              + SPACE
              + ("(?<sign>" + SIGN + ")" + SPACE)
              + ("(?:" + CURRENCY + SPACE + ")?")
              + ("(?<inner>" + SIGN + ")" + SPACE)
              + ("(?<number>[\\d.,](?:[\\d.," + GAPS + "]*[\\d.,])?(?:[eE][+-]?\\d{1,4})?)")
              + SPACE
              + ("(?:%|" + CURRENCY + ")?+" + SPACE)
              + "(?<behind>[\u2212-])?"
              + "(?<close>\\))?");

  private NumberText() {}

  /**
   * Returns the number in JSON's notation; null if the text is none.
   *
   * @param isComma whether a comma begins the fraction; otherwise a point does
   */
  static @Nullable String read(String text, boolean isComma) {
    if (text.length() > LONGEST || !hasDigit(text)) {
      return null;
    }
    boolean isNegative = text.charAt(0) == '-';
    String number = unsigned(isNegative ? text.substring(1) : text, isComma);
    if (number != null) {
      return isNegative ? "-" + number : number;
    }
    Matcher matcher = SIGNED.matcher(text);
    return matcher.matches() ? signed(matcher, isComma) : null;
  }

  private static @Nullable String signed(Matcher matcher, boolean isComma) {
    boolean isEnclosed = matcher.group("open") != null;
    String sign = matcher.group("sign") + matcher.group("inner");
    int signs = sign.length() + (isEnclosed ? 1 : 0) + (matcher.group("behind") == null ? 0 : 1);
    String number = unsigned(matcher.group("number"), isComma);
    if (number == null || signs > 1 || isEnclosed != (matcher.group("close") != null)) {
      return null;
    }
    return signs > 0 && !sign.equals("+") ? "-" + number : number;
  }

  private static @Nullable String unsigned(String text, boolean isComma) {
    char mark = isComma ? ',' : '.';
    int whole = wholeEnd(text, isComma ? '.' : ',');
    boolean hasMark = whole < text.length() && text.charAt(whole) == mark;
    int fraction = hasMark ? digitsEnd(text, whole + 1) : whole;
    boolean hasFraction = fraction > whole + 1;
    if (whole == 0 && !hasFraction || !isExponent(text, fraction)) {
      return null;
    }
    StringBuilder number = new StringBuilder(text.length() + 1);
    appendWhole(number, text, whole);
    if (hasFraction) {
      number.append('.').append(text, whole + 1, fraction);
    }
    return number.append(text, fraction, text.length()).toString();
  }

  /** Returns where the digits before the fraction end, with thousands apart or not. */
  private static int wholeEnd(String text, char thousands) {
    int first = digitsEnd(text, 0);
    boolean isApart =
        first > 0
            && first <= THOUSANDS
            && text.charAt(0) != '0'
            && first < text.length()
            && (text.charAt(first) == thousands || GAPS.indexOf(text.charAt(first)) >= 0);
    if (!isApart) {
      return first;
    }
    int end = first;
    int pairs = 0;
    while (end < text.length() && text.charAt(end) == text.charAt(first)) {
      int next = digitsEnd(text, end + 1);
      int digits = next - end - 1;
      // India sets all but the last thousand apart by two digits: 12,34,567.
      pairs += digits == 2 ? 1 : 0;
      boolean isLast = next == text.length() || text.charAt(next) != text.charAt(first);
      if (digits != THOUSANDS && (digits != 2 || isLast)
          || digits == THOUSANDS && pairs > 0 && !isLast) {
        return first;
      }
      end = next;
    }
    return pairs > 0 && first == THOUSANDS ? first : end;
  }

  private static void appendWhole(StringBuilder number, String text, int end) {
    for (int i = 0; i < end; i++) {
      char character = text.charAt(i);
      boolean isDigit = character >= '0' && character <= '9';
      if (isDigit && (character != '0' || !number.isEmpty() || i == end - 1)) {
        number.append(character);
      }
    }
    if (number.isEmpty()) {
      number.append('0');
    }
  }

  /** Returns whether there is an exponent from there on, or nothing. */
  private static boolean isExponent(String text, int from) {
    if (from == text.length()) {
      return true;
    }
    boolean isSigned = from + 1 < text.length() && "+-".indexOf(text.charAt(from + 1)) >= 0;
    int digits = isSigned ? from + 2 : from + 1;
    return (text.charAt(from) | 0x20) == 'e'
        && digits < text.length()
        && digitsEnd(text, digits) == text.length();
  }

  /**
   * Returns whether a text is a number that every reader of plain numbers takes, so that it may
   * stay as it is.
   */
  static boolean isPlain(String text) {
    int begin = text.startsWith("-") ? 1 : 0;
    int whole = digitsEnd(text, begin);
    int end = text.startsWith(".", whole) ? digitsEnd(text, whole + 1) : whole;
    return whole > begin && end != whole + 1 && isExponent(text, end);
  }

  static boolean hasDigit(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= '0' && text.charAt(i) <= '9') {
        return true;
      }
    }
    return false;
  }

  private static int digitsEnd(String text, int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end;
  }
}
