package io.millrace.cli.terminal;

import java.io.PrintStream;
import java.util.List;

/**
 * Shows how something goes on: a block of lines that is redrawn in place on a terminal, one plain
 * line at a time anywhere else. Confined to one thread.
 */
public final class LiveDisplay {
  private static final String ERASE_LINE = "\u001b[2K";
  private static final String CURSOR_UP = "\u001b[%dA";

  private final PrintStream out;
  private final boolean terminal;
  private int linesDrawn;

  /**
   * @param terminal whether {@code out} is a terminal that understands cursor movements
   */
  public LiveDisplay(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** Returns a display on {@code out}; the launcher knows whether it is a terminal. */
  public static LiveDisplay on(PrintStream out) {
    return new LiveDisplay(out, Boolean.getBoolean("millrace.terminal"));
  }

  public boolean isTerminal() {
    return terminal;
  }

  /** Shows {@code block} in the place of the one before, or adds {@code plainLine}. */
  public void show(List<String> block, String plainLine) {
    if (terminal) {
      draw(block);
    } else {
      out.println(plainLine);
      out.flush();
    }
  }

  /** Adds lines that stay; on a terminal they take the place of the block. */
  public void print(List<String> lines) {
    if (terminal) {
      draw(lines);
    } else {
      lines.forEach(out::println);
      out.flush();
    }
    linesDrawn = 0;
  }

  private void draw(List<String> block) {
    StringBuilder text = new StringBuilder();
    if (linesDrawn > 0) {
      text.append(String.format(CURSOR_UP, linesDrawn));
    }
    for (String line : block) {
      text.append(ERASE_LINE).append(line).append(System.lineSeparator());
    }
    int surplus = linesDrawn - block.size();
    for (int i = 0; i < surplus; i++) {
      text.append(ERASE_LINE).append(System.lineSeparator());
    }
    if (surplus > 0) {
      text.append(String.format(CURSOR_UP, surplus));
    }
    out.print(text);
    out.flush();
    linesDrawn = block.size();
  }
}
