package io.millrace.runtime;

import java.util.regex.Pattern;

/** Prepares foreign texts for log lines. */
public final class LogText {
  private static final int MOST_CHARACTERS = 100;
  private static final Pattern UNPRINTABLE = Pattern.compile("[^ -~]");

  private LogText() {}

  /**
   * Returns the text on one line, shortened if it is long, so that a caller cannot forge log lines.
   */
  public static String of(String text) {
    String cut =
        text.length() > MOST_CHARACTERS ? text.substring(0, MOST_CHARACTERS) + "..." : text;
    return UNPRINTABLE.matcher(cut).replaceAll("?");
  }
}
