package io.millrace.learning.features;

/**
 * The precision of a number in a raw row.
 *
 * <p>Before a mean is subtracted, a number must keep its digits beyond the mean: in single
 * precision, seconds since 1970 are the same number for two minutes. Numbers that learned
 * statistics scale therefore take two cells (48 bits). Numbers take one cell if all of them come in
 * single precision, or if they are used unchanged.
 */
public enum Precision {
  /** One cell: the nearest number of single precision. */
  SINGLE(1),

  /** Two cells: the nearest number of single precision, and the rest. */
  DOUBLE(2);

  /**
   * The spread of numbers, relative to their size, below which it is only rounding: a few bits more
   * than two cells leave out.
   */
  static final double ROUNDING = 0x1p-46;

  /** The same for one cell: room for up to sixteen different numbers. */
  private static final double SINGLE_ROUNDING = 0x1p-20;

  private final int cells;

  Precision(int cells) {
    this.cells = cells;
  }

  /** Returns how many cells a number takes. */
  int cells() {
    return cells;
  }

  /**
   * Returns whether single precision can hardly tell numbers apart.
   *
   * @param least the smallest of them
   * @param most the largest of them
   */
  public static boolean isLost(double least, double most) {
    return most - least <= SINGLE_ROUNDING * Math.max(Math.abs(least), Math.abs(most));
  }

  /**
   * Returns the difference between a number and its nearest one of single precision; NaN for NaN.
   */
  public static float rest(double value) {
    return (float) (value - (float) value);
  }
}
