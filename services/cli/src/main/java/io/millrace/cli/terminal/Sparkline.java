package io.millrace.cli.terminal;

import java.nio.charset.Charset;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The newest values of a number as a row of bars, which makes falls and recoveries visible.
 * Confined to one thread.
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

  /** Adds a value; one that is not finite is ignored. */
  public void add(double value) {
    if (!Double.isFinite(value)) {
      return;
    }
    values.addLast(value);
    if (values.size() > width) {
      values.removeFirst();
    }
  }

  /** Returns the bars of values from 0 to 1. */
  public String text() {
    return text(0, 1);
  }

  /** Returns the bars between the lowest and the highest of the values. */
  public String scaledText() {
    double lowest = values.stream().min(Double::compare).orElse(0.0);
    double highest = values.stream().max(Double::compare).orElse(1.0);
    return text(lowest, highest > lowest ? highest : lowest + 1);
  }

  private String text(double lowest, double highest) {
    StringBuilder text = new StringBuilder(values.size());
    for (double value : values) {
      double share = (value - lowest) / (highest - lowest);
      int level = (int) (Math.min(1, Math.max(0, share)) * bars.length());
      text.append(bars.charAt(Math.min(bars.length() - 1, level)));
    }
    return text.toString();
  }
}
