package io.millrace.tuning.charts;

import java.util.Locale;

/**
 * An SVG document that grows element by element. Colours are classes of its style, which has one
 * set for light and one for dark backgrounds. All numbers are pixels.
 */
final class Picture {
  /** The number of colours of series: classes {@code c0} to {@code c5}. */
  static final int COLORS = 6;

  private static final String STYLE =
      """
      <style>
      text { font-size: 13px; fill: #4b5563 } .title { font-size: 16px; fill: #111827 }
      .halo { paint-order: stroke; stroke: #ffffff; stroke-width: 4px }
      .back { fill: #ffffff } .grid { stroke: #9ca3af; stroke-opacity: .35; fill: none }
      .axis { stroke: #6b7280; fill: none } .mark { stroke: #6b7280; stroke-dasharray: 4 3 }
      .line { fill: none; stroke-width: 2; stroke-linejoin: round } .dot { stroke: none }
      .faint { stroke-opacity: .35 } .strong { stroke-width: 3 }
      .c0 { color: #2563eb } .c1 { color: #d97706 } .c2 { color: #059669 }
      .c3 { color: #db2777 } .c4 { color: #7c3aed } .c5 { color: #57534e }
      .line { stroke: currentColor } .dot { fill: currentColor }
      @media (prefers-color-scheme: dark) {
      text { fill: #d1d5db } .title { fill: #f3f4f6 } .back { fill: #111827 }
      .halo { stroke: #111827 } .axis { stroke: #9ca3af } .mark { stroke: #9ca3af }
      .c0 { color: #60a5fa } .c1 { color: #fbbf24 } .c2 { color: #34d399 }
      .c3 { color: #f472b6 } .c4 { color: #a78bfa } .c5 { color: #d6d3d1 }
      }
      </style>
      """;

  private final StringBuilder body = new StringBuilder();
  private final int width;

  Picture(int width) {
    this.width = width;
  }

  void path(String classes, String data) {
    body.append("<path class='").append(classes).append("' d='").append(data).append("'/>\n");
  }

  void horizontal(String classes, double fromX, double toX, double y) {
    path(classes, format("M%.1f %.1fH%.1f", fromX, y, toX));
  }

  void vertical(String classes, double x, double fromY, double toY) {
    path(classes, format("M%.1f %.1fV%.1f", x, fromY, toY));
  }

  /** Draws a dot with the words that a pointer over it shows. */
  void dot(String classes, double x, double y, double radius, String words) {
    body.append(
            format("<circle class='dot %s' cx='%.1f' cy='%.1f' r='%.1f'>", classes, x, y, radius))
        .append("<title>")
        .append(escaped(words))
        .append("</title></circle>\n");
  }

  /** Draws a text; {@code anchor} is start, middle or end. */
  void text(double x, double y, String anchor, String classes, String words) {
    body.append(
            format("<text class='%s' x='%.1f' y='%.1f' text-anchor='%s'>", classes, x, y, anchor))
        .append(escaped(words))
        .append("</text>\n");
  }

  /** Draws a text that reads upwards. */
  void upwards(double x, double y, String words) {
    body.append(
            format(
                "<text transform='translate(%.1f %.1f) rotate(-90)' text-anchor='middle'>", x, y))
        .append(escaped(words))
        .append("</text>\n");
  }

  /** Returns the document; {@code title} names it for readers that do not see. */
  String svg(int height, String title) {
    return format(
            "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' width='%d' height='%d'"
                + " font-family='sans-serif' role='img'>\n",
            width, height, width, height)
        + "<title>"
        + escaped(title)
        + "</title>\n"
        + STYLE
        + format("<rect class='back' width='%d' height='%d'/>\n", width, height)
        + body
        + "</svg>\n";
  }

  static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  /** Returns a text as SVG has it. Characters that XML forbids become spaces. */
  static String escaped(String words) {
    StringBuilder result = new StringBuilder();
    words.codePoints().forEach(point -> append(result, point));
    return result.toString();
  }

  private static void append(StringBuilder result, int point) {
    switch (point) {
      case '&' -> result.append("&amp;");
      case '<' -> result.append("&lt;");
      case '>' -> result.append("&gt;");
      case '\'' -> result.append("&#39;");
      case '"' -> result.append("&quot;");
      default -> result.appendCodePoint(isOfXml(point) ? point : ' ');
    }
  }

  private static boolean isOfXml(int point) {
    return point >= 0x20
        && point != 0xFFFE
        && point != 0xFFFF
        && !(point >= 0xD800 && point <= 0xDFFF);
  }
}
