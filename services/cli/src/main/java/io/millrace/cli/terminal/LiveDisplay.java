package io.millrace.cli.terminal;

import java.io.PrintStream;
import java.util.List;

/**
 * Shows progress: on a terminal, a block of lines that is redrawn in place; elsewhere, one plain
 * line at a time. The terminal cuts the block's lines at its margin, so that one line of the block
 * is one line of the screen at any width. Safe for any thread.
 */
public final class LiveDisplay {
  private static final String ERASE_REST_OF_LINE =
      "\u001b[K"; // of a line that is cut, its last column
  private static final String ERASE_BELOW = "\u001b[J";
  private static final String CURSOR_UP = "\u001b[%dA";
  private static final String CUT_LINES = "\u001b[?7l";
  private static final String WRAP_LINES = "\u001b[?7h";

  private final PrintStream out;
  private final boolean terminal;
  private List<String> drawn = List.of();

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
  public synchronized void show(List<String> block, String plainLine) {
    if (terminal) {
      draw(block);
    } else {
      out.println(plainLine);
      out.flush();
    }
  }

  /** Prints lines that stay. On a terminal they replace the block. */
  public synchronized void print(List<String> lines) {
    if (terminal) {
      draw(lines);
    } else {
      lines.forEach(out::println);
      out.flush();
    }
    drawn = List.of();
  }

  /** Prints a line that stays. On a terminal it comes above the block, which is drawn again. */
  public synchronized void above(String line) {
    StringBuilder text = new StringBuilder();
    if (!drawn.isEmpty()) {
      text.append(String.format(CURSOR_UP, drawn.size())).append(ERASE_BELOW);
    }
    text.append(line).append(System.lineSeparator());
    if (!drawn.isEmpty()) {
      append(text, drawn);
    }
    out.print(text);
    out.flush();
  }

  private void draw(List<String> block) {
    StringBuilder text = new StringBuilder();
    if (!drawn.isEmpty()) {
      text.append(String.format(CURSOR_UP, drawn.size()));
    }
    append(text, block);
    if (drawn.size() > block.size()) {
      text.append(ERASE_BELOW);
    }
    out.print(text);
    out.flush();
    drawn = List.copyOf(block);
  }

  private static void append(StringBuilder text, List<String> block) {
    text.append(CUT_LINES);
    for (String line : block) {
      text.append(line).append(ERASE_REST_OF_LINE).append(System.lineSeparator());
    }
    text.append(WRAP_LINES);
  }
}
