package io.millrace.benchmarks.drift;

import java.util.Locale;

/**
 * An SVG chart of lines over a horizontal axis, with marks and bars. It is readable on light and
 * dark backgrounds.
 */
final class Chart {
  static final String STRONG = "#2563eb";
  static final String FAINT = "#9ca3af";
  static final String WARNING = "#d97706";

  private static final int WIDTH = 1000;
  private static final int LEFT = 60;
  private static final int RIGHT = 20;

  private final StringBuilder body = new StringBuilder();
  private final double lastX;
  private final double lowestY;
  private final double highestY;
  private final int top;
  private final int bottom;

  /**
   * @param lastX the end of the horizontal axis, which begins at 0
   * @param top the top of the plot, in pixels
   * @param bottom the bottom of the plot, in pixels
   */
  Chart(double lastX, double lowestY, double highestY, int top, int bottom) {
    this.lastX = lastX;
    this.lowestY = lowestY;
    this.highestY = highestY;
    this.top = top;
    this.bottom = bottom;
  }

  /** Draws horizontal lines with their values, {@code step} apart. */
  Chart grid(double step, String format) {
    for (double y = lowestY; y <= highestY + 1e-9; y += step) {
      element("<path class='grid' d='M%d %.1fH%d'/>", LEFT, y(y), WIDTH - RIGHT);
      String value = String.format(Locale.ROOT, format, y);
      text(LEFT - 8, y(y) + 4, "end", "axis", value);
    }
    return this;
  }

  /** Draws a line through points that are ordered by x. */
  Chart line(double[] x, double[] y, String color, double width) {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < x.length; i++) {
      path.append(String.format(Locale.ROOT, "%s%.1f %.1f", i == 0 ? "M" : "L", x(x[i]), y(y[i])));
    }
    element("<path d='%s' fill='none' stroke='%s' stroke-width='%.1f'/>", path, color, width);
    return this;
  }

  /** Draws a vertical line with a text above it. */
  Chart mark(double x, String words) {
    element("<path class='mark' d='M%.1f %dV%d'/>", x(x), top - 6, bottom);
    text(x(x), top - 12, "middle", "axis", words);
    return this;
  }

  /** Draws a triangle that points up at the bottom of the plot. */
  Chart arrow(double x) {
    element("<path d='M%.1f %dl5 9h-10z' fill='%s'/>", x(x), bottom + 3, WARNING);
    return this;
  }

  /** Draws a filled bar below the plot. */
  Chart bar(double fromX, double toX, int y, String color) {
    element("<path d='M%.1f %dH%.1fv12H%.1fz' fill='%s'/>", x(fromX), y, x(toX), x(fromX), color);
    return this;
  }

  Chart words(double x, int y, String anchor, String words) {
    text(x(x), y, anchor, "axis", words);
    return this;
  }

  /** Draws an entry of the legend: a stroke in the colour, and a text. */
  Chart legend(int column, int y, String color, String words) {
    int x = LEFT + column;
    element("<path d='M%d %dh22' stroke='%s' stroke-width='3'/>", x, y - 4, color);
    text(x + 28, y, "start", "axis", words);
    return this;
  }

  Chart title(String words) {
    text(LEFT, 24, "start", "title", words);
    return this;
  }

  /** Returns the document. */
  String svg(int height) {
    return """
        <svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' font-family='sans-serif'>
        <style>
        .axis { font-size: 13px; fill: #6b7280 } .title { font-size: 16px; fill: #6b7280 }
        .grid { stroke: #9ca3af; stroke-opacity: .3 } .mark { stroke: #9ca3af; stroke-dasharray: 3 3 }
        </style>
        """
            .formatted(WIDTH, height)
        + body
        + "</svg>\n";
  }

  private double x(double value) {
    return LEFT + (WIDTH - LEFT - RIGHT) * value / lastX;
  }

  private double y(double value) {
    double bounded = Math.max(lowestY, Math.min(highestY, value));
    return bottom - (bottom - top) * (bounded - lowestY) / (highestY - lowestY);
  }

  private void text(double x, double y, String anchor, String style, String words) {
    element(
        "<text x='%.1f' y='%.1f' text-anchor='%s' class='%s'>%s</text>",
        x, y, anchor, style, words);
  }

  private void element(String format, Object... values) {
    body.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
