package io.millrace.cli.terminal;

import java.io.PrintStream;
import java.util.List;

/**
 * Shows progress: on a terminal, a block of lines that is redrawn in place; elsewhere, one plain
 * line at a time. Confined to one thread.
 */
public final class LiveDisplay {
  private static final String ERASE_LINE = "\u001b[2K";
  private static final String CURSOR_UP = "\u001b[%dA";

  private final PrintStream out;
  private final boolean terminal;
  private int linesDrawn;

  /**
   * @param terminal whether {@code out} is a terminal that supports cursor movements
   */
  public LiveDisplay(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** Returns a display on {@code out}. The launcher sets whether it is a terminal. */
  public static LiveDisplay on(PrintStream out) {
    return new LiveDisplay(out, Boolean.getBoolean("millrace.terminal"));
  }

  public boolean isTerminal() {
    return terminal;
  }

  /** Replaces the previous block with {@code block}, or prints {@code plainLine}. */
  public void show(List<String> block, String plainLine) {
    if (terminal) {
      draw(block);
    } else {
      out.println(plainLine);
      out.flush();
    }
  }

  /** Prints lines that stay. On a terminal they replace the block. */
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
