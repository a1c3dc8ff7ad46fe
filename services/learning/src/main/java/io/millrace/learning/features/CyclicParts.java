package io.millrace.learning.features;

import java.util.List;

/** Parts of a date and time, each as the sine and cosine of its place in its cycle. */
final class CyclicParts extends Transformation {
  private final Layout layout;
  private final List<DatePart> parts;

  CyclicParts(Layout layout, List<DatePart> parts) {
    this.layout = layout;
    this.parts = parts;
  }

  @Override
  void apply(float[] raw, float[] target, int rows) {
    for (int row = 0; row < rows; row++) {
      long day = (long) raw[layout.raw(row)];
      double second = raw[layout.raw(row) + 1];
      int at = layout.at(row);
      for (int i = 0; i < parts.size(); i++) {
        double angle = 2 * Math.PI * parts.get(i).turn(day, second);
        target[at++] = (float) StrictMath.sin(angle); // StrictMath: the same bits on every machine
        target[at++] = (float) StrictMath.cos(angle);
      }
    }
  }
}
