package io.millrace.tuning.charts;

import java.util.ArrayList;
import java.util.List;

/**
 * Lines and dots over two axes, each linear or logarithmic.
 *
 * <p>A point that is not finite, or that its axis cannot show, makes a gap in its line. Confined to
 * one thread.
 */
public final class LineChart {
  private static final int WIDTH = 900;
  private static final int HEIGHT = 480;
  private static final int LEFT = 84;
  private static final int RIGHT = 24;
  private static final int TOP = 76;
  private static final int BOTTOM = 56;
  private static final int LETTER = 8;

  private final Picture picture = new Picture(WIDTH);
  private final List<String> legend = new ArrayList<>();
  private final String title;
  private final Axis horizontal;
  private final Axis vertical;

  public LineChart(String title, Axis horizontal, Axis vertical) {
    this.title = title;
    this.horizontal = horizontal;
    this.vertical = vertical;
    grid();
  }

  /** Draws a line through points in their order. {@code x} and {@code y} have one length. */
  public LineChart line(String name, double[] x, double[] y) {
    return line(name, x, y, "");
  }

  /** Draws a line that stays in the background, such as the values that a smooth line is of. */
  public LineChart faintLine(String name, double[] x, double[] y) {
    return line(name, x, y, " faint");
  }

  /** Draws dots, each with the words that a pointer over it shows. */
  public LineChart dots(String name, double[] x, double[] y, List<String> words) {
    String color = next(name);
    for (int i = 0; i < x.length; i++) {
      if (isShown(x[i], y[i])) {
        picture.dot(color, x(x[i]), y(y[i]), 4, words.get(i));
      }
    }
    return this;
  }

  /** Draws a vertical line with words above it; nothing where the axis cannot show the value. */
  public LineChart mark(double x, String words) {
    if (!Double.isNaN(horizontal.share(x))) {
      picture.vertical("mark", x(x), TOP - 4, HEIGHT - BOTTOM);
      String anchor =
          horizontal.share(x) < 0.15 ? "start" : horizontal.share(x) > 0.85 ? "end" : "middle";
      picture.text(x(x), TOP - 10, anchor, "", words);
    }
    return this;
  }

  /** Returns the SVG document. */
  public String svg() {
    picture.text(LEFT, 26, "start", "title", title);
    double x = LEFT;
    for (int i = 0; i < legend.size(); i++) {
      picture.path("line " + color(i), Picture.format("M%.1f 44h20", x));
      picture.text(x + 26, 48, "start", "", legend.get(i));
      x += 48 + LETTER * legend.get(i).length();
    }
    return picture.svg(HEIGHT, title);
  }

  private LineChart line(String name, double[] x, double[] y, String style) {
    StringBuilder path = new StringBuilder();
    boolean isDrawing = false;
    for (int i = 0; i < x.length; i++) {
      boolean isShown = isShown(x[i], y[i]);
      if (isShown) {
        path.append(Picture.format("%s%.1f %.1f", isDrawing ? "L" : "M", x(x[i]), y(y[i])));
      }
      isDrawing = isShown;
    }
    picture.path("line " + next(name) + style, path.toString());
    return this;
  }

  private void grid() {
    for (double tick : vertical.ticks()) {
      picture.horizontal("grid", LEFT, WIDTH - RIGHT, y(tick));
      picture.text(LEFT - 8, y(tick) + 4, "end", "", Axis.label(tick));
    }
    for (double tick : horizontal.ticks()) {
      picture.vertical("grid", x(tick), TOP, HEIGHT - BOTTOM);
      picture.text(x(tick), HEIGHT - BOTTOM + 18, "middle", "", Axis.label(tick));
    }
    picture.horizontal("axis", LEFT, WIDTH - RIGHT, HEIGHT - BOTTOM);
    picture.vertical("axis", LEFT, TOP, HEIGHT - BOTTOM);
    picture.text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 14, "middle", "", horizontal.title());
    picture.upwards(18, (TOP + HEIGHT - BOTTOM) / 2.0, vertical.title());
  }

  private String next(String name) {
    legend.add(name);
    return color(legend.size() - 1);
  }

  private static String color(int index) {
    return "c" + index % Picture.COLORS;
  }

  private boolean isShown(double x, double y) {
    return !Double.isNaN(horizontal.share(x)) && !Double.isNaN(vertical.share(y));
  }

  private double x(double value) {
    return LEFT + (WIDTH - LEFT - RIGHT) * horizontal.share(value);
  }

  private double y(double value) {
    return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * vertical.share(value);
  }
}
