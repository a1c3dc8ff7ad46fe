package io.millrace.cli.live;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Rows of a title and a text, aligned. Confined to one thread. */
public final class Rows {
  private static final int NARROWEST = 9;

  private final List<String> titles = new ArrayList<>();
  private final List<String> texts = new ArrayList<>();

  /** Adds a row. A control sign in the text is shown as a question mark. */
  public Rows add(String title, String text) {
    titles.add(title);
    texts.add(text.replaceAll("\\p{Cntrl}", "?"));
    return this;
  }

  /** Returns a line for each row. */
  public List<String> lines() {
    int width = titles.stream().mapToInt(String::length).reduce(NARROWEST, Math::max);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < titles.size(); i++) {
      lines.add(String.format(Locale.ROOT, "  %-" + width + "s ", titles.get(i)) + texts.get(i));
    }
    return lines;
  }
}
