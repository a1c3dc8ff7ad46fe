package io.millrace.runtime;

import java.util.regex.Pattern;

/** Texts that somebody else wrote, as a log line may hold them. */
public final class LogText {
  private static final int MOST_CHARACTERS = 100;
  private static final Pattern UNPRINTABLE = Pattern.compile("[^ -~]");

  private LogText() {}

  /** Returns the text on one line, cut where it is long: nobody writes log lines of his own. */
  public static String of(String text) {
    String cut =
        text.length() > MOST_CHARACTERS ? text.substring(0, MOST_CHARACTERS) + "..." : text;
    return UNPRINTABLE.matcher(cut).replaceAll("?");
  }
}
