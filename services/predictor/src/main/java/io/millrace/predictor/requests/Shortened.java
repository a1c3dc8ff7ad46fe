package io.millrace.predictor.requests;

/**
 * What a caller sent, as far as a sentence about it can hold: a name of a hundred thousand letters
 * would leave no room for what is wrong with it.
 */
public final class Shortened {
  private static final int MAX_LENGTH = 80;
  private static final String CUT = "...";

  private Shortened() {}

  /** Returns the text's beginning, and dots where there is more. */
  public static String of(Object sent) {
    return to(MAX_LENGTH, String.valueOf(sent));
  }

  /** Returns at most {@code length} characters, of which the last are dots where there are more. */
  static String to(int length, String text) {
    if (text.length() <= length) {
      return text;
    }
    int end = length - CUT.length();
    boolean halfCharacter = Character.isHighSurrogate(text.charAt(end - 1));
    return text.substring(0, halfCharacter ? end - 1 : end) + CUT;
  }
}
