package io.millrace.cli.terminal;

import java.nio.charset.Charset;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The newest values of a number from 0 to 1 as a row of bars, which makes falls and recoveries
 * visible. Confined to one thread.
 */
public final class Sparkline {
  private static final String BLOCKS = "▁▂▃▄▅▆▇█";
  private static final String LETTERS = "_.,-=+*#";

  private final Deque<Double> values = new ArrayDeque<>();
  private final int width;
  private final String bars;

  /**
   * @param width how many values are shown
   * @param charset the terminal's charset; without block characters, ASCII is used
   */
  public Sparkline(int width, Charset charset) {
    this.width = width;
    this.bars = charset.newEncoder().canEncode(BLOCKS) ? BLOCKS : LETTERS;
  }

  /** Adds a value; NaN is ignored. */
  public void add(double value) {
    if (Double.isNaN(value)) {
      return;
    }
    values.addLast(value);
    if (values.size() > width) {
      values.removeFirst();
    }
  }

  public String text() {
    StringBuilder text = new StringBuilder(values.size());
    for (double value : values) {
      int level = (int) (Math.min(1, Math.max(0, value)) * bars.length());
      text.append(bars.charAt(Math.min(bars.length() - 1, level)));
    }
    return text.toString();
  }
}
