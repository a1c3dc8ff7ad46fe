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

  private static final String SPACES = " \u00a0\u202f\u2009";
  private static final String CURRENCY =
      "(?:US\\$|R\\$|C\\$|A\\$|[$\u20ac\u00a3\u00a5\u20b9\u20bd\u20a9\u20ba\u20aa\u20bf]|kr\\.?|z\u0142|Fr\\.?"
          + "|Rs\\.?|(?:USD|EUR|GBP|JPY|CHF|CNY|INR|AUD|CAD|NZD|SEK|NOK|DKK|PLN|CZK|HUF|RUB|TRY|BRL"
          + "|MXN|ZAR|KRW|SGD|HKD)(?![A-Z]))";
  private static final String SIGN = "[+\u2212-]?";
  private static final String GAP = "[" + SPACES + "]*+";

  private static final Pattern POINT = pattern('.', ',');
  private static final Pattern COMMA = pattern(',', '.');

  private NumberText() {}

  private static Pattern pattern(char mark, char thousands) {
    String groups =
        "[1-9]\\d{0,2}(?:(?<gap>[%s'\u2019%s])\\d{3}(?:\\k<gap>\\d{3})*+)"
                .formatted(thousands, SPACES)
            + "|[1-9]\\d?(?:%s\\d{2})+%s\\d{3}".formatted(quoted(thousands), quoted(thousands));
    String whole = "(?<whole>%s|\\d{1,40}+)".formatted(groups);
    String fraction = "(?:%s(?<fraction>\\d{0,40}+))?".formatted(quoted(mark));
    String bare = "|%s(?<bare>\\d{1,40}+)".formatted(quoted(mark));
    return Pattern.compile(
        "(?<open>\\()?"
            + GAP
            + ("(?<sign>" + SIGN + ")" + GAP)
            + ("(?:" + CURRENCY + GAP + ")?")
            + ("(?<inner>" + SIGN + ")" + GAP)
            + ("(?:" + whole + fraction + bare + ")")
            + "(?<exponent>[eE][+-]?\\d{1,4})?"
            + GAP
            + ("(?:%|" + CURRENCY + ")?+")
            + GAP
            + "(?<behind>[\u2212-])?"
            + "(?<close>\\))?");
  }

  private static String quoted(char character) {
    return Pattern.quote(String.valueOf(character));
  }

  /**
   * Returns the number in JSON's notation; null if the text is none.
   *
   * @param isComma whether a comma begins the fraction; otherwise a point does
   */
  static @Nullable String read(String text, boolean isComma) {
    if (text.length() > LONGEST || !hasDigit(text)) {
      return null;
    }
    Matcher matcher = (isComma ? COMMA : POINT).matcher(text);
    return matcher.matches() ? number(matcher) : null;
  }

  private static @Nullable String number(Matcher matcher) {
    boolean isEnclosed = matcher.group("open") != null;
    int signs =
        (isEnclosed ? 1 : 0)
            + matcher.group("sign").length()
            + matcher.group("inner").length()
            + (matcher.group("behind") == null ? 0 : 1);
    if (isEnclosed != (matcher.group("close") != null) || signs > 1) {
      return null;
    }
    String sign = matcher.group("sign") + matcher.group("inner");
    boolean isNegative = signs > 0 && !sign.equals("+");
    String fraction = matcher.group("bare");
    String whole = fraction == null ? digits(matcher.group("whole")) : "0";
    fraction = fraction == null ? matcher.group("fraction") : fraction;
    String exponent = matcher.group("exponent");
    return (isNegative ? "-" : "")
        + withoutZeros(whole)
        + (fraction == null || fraction.isEmpty() ? "" : "." + fraction)
        + (exponent == null ? "" : exponent);
  }

  /**
   * Returns whether a text is a number that every reader of plain numbers takes, so that it may
   * stay as it is.
   */
  static boolean isPlain(String text) {
    int at = text.startsWith("-") ? 1 : 0;
    int whole = digitsEnd(text, at);
    if (whole == at) {
      return false;
    }
    int end = text.startsWith(".", whole) ? digitsEnd(text, whole + 1) : whole;
    if (end == whole + 1) {
      return false;
    }
    if (end < text.length() && (text.charAt(end) | 0x20) == 'e') {
      boolean isSigned = end + 1 < text.length() && "+-".indexOf(text.charAt(end + 1)) >= 0;
      int exponent = isSigned ? end + 2 : end + 1;
      return exponent < text.length() && digitsEnd(text, exponent) == text.length();
    }
    return end == text.length();
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

  private static String digits(String grouped) {
    StringBuilder digits = new StringBuilder(grouped.length());
    for (char character : grouped.toCharArray()) {
      if (character >= '0' && character <= '9') {
        digits.append(character);
      }
    }
    return digits.toString();
  }

  private static String withoutZeros(String digits) {
    int from = 0;
    while (from < digits.length() - 1 && digits.charAt(from) == '0') {
      from++;
    }
    return digits.substring(from);
  }
}
