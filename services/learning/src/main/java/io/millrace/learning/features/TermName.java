package io.millrace.learning.features;

import java.util.List;

/**
 * The canonical name of a category or class, whether it came as number, truth value or text, from a
 * record, a request or the settings.
 *
 * <p>Text that spells a number by the grammar of RFC 8259 is that number: 1, 1.0, 1e0 and 10e-1 are
 * one name, -0 is 0, and no digit is lost, however long the number is. A source of texts only, such
 * as CSV, therefore names the same categories as one with numbers. {@code 01} and {@code +1} are
 * not numbers in that grammar and stay as they are. Truth values may be spelled as in YAML: {@code
 * true}, {@code True} or {@code TRUE}.
 */
public final class TermName {
  /** The most zeros that are written out; a number with more has an exponent. */
  private static final int MOST_ZEROS = 40;

  private static final int LARGEST_EXPONENT = 999_999_999;
  private static final int LONGEST_TRUTH = 5;

  private TermName() {}

  /** Returns the canonical name of a value as it was written. */
  public static String of(String written) {
    if (written.isEmpty()) {
      return written;
    }
    char first = written.charAt(0);
    return first == '-' || isDigit(first) ? ofNumber(written) : ofTruth(written);
  }

  /** Returns whether all of these have different names. */
  public static boolean areDistinct(List<String> written) {
    return written.size() == written.stream().map(TermName::of).distinct().count();
  }

  private static String ofTruth(String written) {
    if (written.length() > LONGEST_TRUTH) {
      return written;
    }
    return switch (written) {
      case "True", "TRUE" -> "true";
      case "False", "FALSE" -> "false";
      default -> written;
    };
  }

  private static String ofNumber(String written) {
    int begin = written.charAt(0) == '-' ? 1 : 0;
    int whole = digitsEnd(written, begin);
    boolean leadingZero = whole > begin + 1 && written.charAt(begin) == '0';
    if (whole == begin || leadingZero) {
      return written;
    }
    if (whole == written.length() && whole <= MOST_ZEROS) {
      return written.equals("-0") ? "0" : written; // the common case
    }
    int fraction = written.startsWith(".", whole) ? digitsEnd(written, whole + 1) : whole;
    boolean noDigit = fraction == whole + 1;
    long exponent = exponent(written, fraction);
    return noDigit || exponent == Long.MIN_VALUE
        ? written
        : of(
            begin == 1,
            written.substring(begin, fraction).replace(".", ""),
            exponent - Math.max(0, fraction - whole - 1));
  }

  /**
   * Returns the exponent from there on, 0 at the end; {@code Long.MIN_VALUE} if there is none to
   * read.
   */
  private static long exponent(String written, int from) {
    if (from == written.length()) {
      return 0;
    }
    boolean isSigned = from + 1 < written.length() && "+-".indexOf(written.charAt(from + 1)) >= 0;
    int begin = isSigned ? from + 2 : from + 1;
    if ((written.charAt(from) | 0x20) != 'e'
        || begin >= written.length()
        || digitsEnd(written, begin) < written.length()) {
      return Long.MIN_VALUE;
    }
    long exponent = 0;
    for (int i = begin; i < written.length() && exponent <= LARGEST_EXPONENT; i++) {
      exponent = 10 * exponent + written.charAt(i) - '0';
    }
    if (exponent > LARGEST_EXPONENT) {
      return Long.MIN_VALUE;
    }
    return written.charAt(from + 1) == '-' ? -exponent : exponent;
  }

  /** Returns the canonical form of {@code digits * 10^exponent}. */
  private static String of(boolean negative, String digits, long exponent) {
    int begin = 0;
    while (begin < digits.length() && digits.charAt(begin) == '0') {
      begin++;
    }
    int end = digits.length();
    while (end > begin && digits.charAt(end - 1) == '0') {
      end--;
    }
    if (begin == end) {
      return "0";
    }
    return (negative ? "-" : "")
        + plain(digits.substring(begin, end), exponent + digits.length() - end);
  }

  private static String plain(String digits, long exponent) {
    if (exponent >= 0) {
      return exponent <= MOST_ZEROS ? digits + "0".repeat((int) exponent) : digits + "e" + exponent;
    }
    long point = digits.length() + exponent;
    if (point < -MOST_ZEROS) {
      return digits + "e" + exponent;
    }
    return point > 0
        ? digits.substring(0, (int) point) + "." + digits.substring((int) point)
        : "0." + "0".repeat((int) -point) + digits;
  }

  private static int digitsEnd(String text, int from) {
    int end = from;
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }
}
