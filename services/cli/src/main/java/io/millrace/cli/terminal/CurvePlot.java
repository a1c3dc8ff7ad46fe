package io.millrace.cli.terminal;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A curve over a logarithmic axis, drawn with letters. */
public final class CurvePlot {
  private static final int LABEL = 10;

  private final int width;
  private final int height;
  private final char point;
  private final char upright;
  private final char corner;
  private final char level;

  /**
   * @param width columns of the curve, without the labels of the axis
   * @param height rows of the curve
   * @param charset the terminal's charset; without box characters, ASCII is used
   */
  public CurvePlot(int width, int height, Charset charset) {
    this.width = width;
    this.height = height;
    String signs = charset.newEncoder().canEncode("•│└─") ? "•│└─" : "*|+-";
    point = signs.charAt(0);
    upright = signs.charAt(1);
    corner = signs.charAt(2);
    level = signs.charAt(3);
  }

  /**
   * Returns the curve, its axes and their labels. Values that are not finite leave a gap.
   *
   * @param low where the horizontal axis begins, above zero
   * @param high where it ends
   * @param x ascending, from {@code low} to {@code high}
   * @param y of one length with {@code x}
   * @param mark where an upright line is drawn; NaN for nowhere
   */
  public List<String> lines(double low, double high, double[] x, double[] y, double mark) {
    double[] columns = columns(low, high, x, y);
    double top = Arrays.stream(columns).filter(Double::isFinite).max().orElse(1);
    double bottom = Arrays.stream(columns).filter(Double::isFinite).min().orElse(0);
    double size = top > bottom ? top - bottom : 1;
    char[][] cells = new char[height][width];
    for (char[] row : cells) {
      Arrays.fill(row, ' ');
      if (!Double.isNaN(mark)) {
        row[column(low, high, mark)] = upright;
      }
    }
    for (int i = 0; i < width; i++) {
      if (Double.isFinite(columns[i])) {
        int row = (int) Math.round((top - columns[i]) / size * (height - 1));
        cells[row][i] = point;
      }
    }
    List<String> lines = new ArrayList<>();
    for (int row = 0; row < height; row++) {
      boolean isLabelled = row == 0 || row == height - 1;
      String label = isLabelled ? Figures.plain(row == 0 ? top : bottom) : "";
      lines.add(padded(label) + " " + upright + new String(cells[row]).stripTrailing());
    }
    lines.add(padded("") + " " + corner + String.valueOf(level).repeat(width));
    lines.add(padded("") + "  " + ticks(low, high));
    return lines;
  }

  /** Returns the mean of the values of each column. */
  private double[] columns(double low, double high, double[] x, double[] y) {
    double[] sums = new double[width];
    int[] counts = new int[width];
    for (int i = 0; i < x.length; i++) {
      if (Double.isFinite(y[i])) {
        int column = column(low, high, x[i]);
        sums[column] += y[i];
        counts[column]++;
      }
    }
    for (int i = 0; i < width; i++) {
      sums[i] /= counts[i]; // NaN where there is none
    }
    return sums;
  }

  private int column(double low, double high, double value) {
    double share = Math.log(value / low) / Math.log(high / low);
    return (int) Math.max(0, Math.min(width - 1, Math.round(share * (width - 1))));
  }

  private String ticks(double low, double high) {
    StringBuilder line = new StringBuilder();
    int last = (int) Math.floor(Math.log10(high) + 1e-9);
    for (int power = (int) Math.ceil(Math.log10(low) - 1e-9); power <= last; power++) {
      int column = column(low, high, Math.pow(10, power));
      if (column >= line.length() || line.isEmpty()) {
        line.append(" ".repeat(Math.max(0, column - line.length()))).append("1e").append(power);
        line.append(' ');
      }
    }
    return line.toString().stripTrailing();
  }

  private static String padded(String label) {
    return String.format(Locale.ROOT, "%" + LABEL + "s", label);
  }
}
