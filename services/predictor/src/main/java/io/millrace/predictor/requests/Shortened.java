package io.millrace.predictor.requests;

/**
 * Shortens what a caller sent so that a message can quote it. A name of a hundred thousand
 * characters would leave no room for the problem.
 */
public final class Shortened {
  private static final int MAX_LENGTH = 80;
  private static final String CUT = "...";

  private Shortened() {}

  /** Returns the beginning of the text, with dots if it was cut. */
  public static String of(Object sent) {
    return to(MAX_LENGTH, String.valueOf(sent));
  }

  /** Returns at most {@code length} characters; the last are dots if the text was cut. */
  static String to(int length, String text) {
    if (text.length() <= length) {
      return text;
    }
    int end = length - CUT.length();
    boolean halfCharacter = Character.isHighSurrogate(text.charAt(end - 1));
    return text.substring(0, halfCharacter ? end - 1 : end) + CUT;
  }
}
