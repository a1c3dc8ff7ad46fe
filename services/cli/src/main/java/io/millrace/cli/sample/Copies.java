package io.millrace.cli.sample;

import java.util.Arrays;

/** Tells whether a column says what the label says, so that nothing would be learned but that. */
final class Copies {
  private static final int ENOUGH = 20;
  private static final double SAME = 0.99999;

  private Copies() {}

  /**
   * Returns whether the label follows from the column: each name stands beside one class alone, and
   * there are no more names than classes; or the numbers are the label's on another scale.
   */
  static boolean areCopies(ColumnSample column, ColumnSample label) {
    if (column.values() < ENOUGH) {
      return false;
    }
    return Label.isClasses(label)
        ? column.firstValues().distinct() == label.firstValues().distinct()
            && areRenamed(column, label)
        : column.kind() == ColumnKind.NUMBER && areScaled(column, label);
  }

  private static boolean areRenamed(ColumnSample column, ColumnSample label) {
    FirstValues names = column.firstValues();
    FirstValues classes = label.firstValues();
    int[] classOf = new int[names.distinct()];
    Arrays.fill(classOf, -1);
    for (int row = 0; row < rows(column); row++) {
      int name = names.name(row);
      int known = classes.name(row);
      if (name >= 0 && known >= 0) {
        if (classOf[name] >= 0 && classOf[name] != known) {
          return false;
        }
        classOf[name] = known;
      }
    }
    return Arrays.stream(classOf).distinct().count() == classOf.length;
  }

  private static int rows(ColumnSample column) {
    return Math.min(column.rows(), FirstValues.MOST);
  }

  /** Compares by Pearson's correlation over the rows that have both. */
  private static boolean areScaled(ColumnSample column, ColumnSample label) {
    int rows = 0;
    double meanX = 0;
    double meanY = 0;
    double xx = 0;
    double yy = 0;
    double xy = 0;
    for (int row = 0; row < rows(column); row++) {
      double x = column.firstValues().number(row);
      double y = label.firstValues().number(row);
      if (!Double.isNaN(x + y)) {
        rows++;
        double dx = x - meanX;
        double dy = y - meanY;
        meanX += dx / rows;
        meanY += dy / rows;
        xx += dx * (x - meanX);
        yy += dy * (y - meanY);
        xy += dx * (y - meanY);
      }
    }
    return rows >= ENOUGH && Math.abs(xy) > SAME * Math.sqrt(xx * yy);
  }
}
