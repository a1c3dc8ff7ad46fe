package io.millrace.learning.features;

/**
 * How exactly a number stands in a raw row.
 *
 * <p>A mean can only be taken off a number that still has what is beyond the mean: seconds since
 * 1970 are the same number for two minutes in single precision. So what is scaled by learned
 * statistics stands there as two cells, which are 48 bits; where all numbers come in single
 * precision, or are used as they are, it is one.
 */
public enum Precision {
  /** One cell: the nearest number of single precision. */
  SINGLE(1),

  /** Two cells: the nearest number of single precision, and what is left. */
  DOUBLE(2);

  /**
   * The spread of numbers below which it is rounding, as a share of their size: some bits more than
   * what two cells leave out.
   */
  static final double ROUNDING = 0x1p-46;

  /** The same of one cell: up to sixteen numbers are in it. */
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
   * Returns whether single precision tells next to nothing of numbers apart.
   *
   * @param least the smallest of them, and {@code most} the largest
   */
  public static boolean isLost(double least, double most) {
    return most - least <= SINGLE_ROUNDING * Math.max(Math.abs(least), Math.abs(most));
  }

  /** Returns what a number's nearest one of single precision leaves of it; NaN of NaN. */
  public static float rest(double value) {
    return (float) (value - (float) value);
  }
}
