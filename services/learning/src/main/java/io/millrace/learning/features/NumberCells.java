package io.millrace.learning.features;

/**
 * Where the numbers of a feature stand among its raw cells.
 *
 * @param step from a number's cell to the next number's
 * @param rest from a number's cell to that of what is left of it; 0 where there is none
 */
record NumberCells(int step, int rest) {

  /** Returns the cells of fields of one number each. */
  static NumberCells ofFields(Precision precision) {
    return new NumberCells(precision.cells(), precision.cells() - 1);
  }

  /** Returns the cells of one field of so many numbers: all of them, then all that is left. */
  static NumberCells ofVector(int size, Precision precision) {
    return new NumberCells(1, precision == Precision.DOUBLE ? size : 0);
  }

  /** Returns the number whose cell is at {@code at}; NaN where it is missing. */
  double number(float[] raw, int at) {
    return rest == 0 ? raw[at] : (double) raw[at] + raw[at + rest];
  }
}
