package io.millrace.cli.tables;

import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

/** Texts in quotes that are valid in both YAML and JSON. */
public final class Quoted {
  private Quoted() {}

  /** Returns one text. */
  public static String of(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (char character : text.toCharArray()) {
      if (character == '"' || character == '\\') {
        quoted.append('\\').append(character);
      } else if (character < ' ' || character == 0x7f) {
        quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) character));
      } else {
        quoted.append(character);
      }
    }
    return quoted.append('"').toString();
  }

  /** Returns a list on one line. */
  public static String list(Collection<String> texts) {
    return texts.stream().map(Quoted::of).collect(Collectors.joining(", ", "[", "]"));
  }
}
