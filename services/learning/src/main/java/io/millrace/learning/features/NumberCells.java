package io.millrace.learning.features;

/**
 * Where the numbers of a feature are stored among its raw cells.
 *
 * @param step cells from a number to the next number
 * @param rest cells from a number to its rest in single precision; 0 if there is none
 */
record NumberCells(int step, int rest) {

  /** Returns the cells of fields with one number each. */
  static NumberCells ofFields(Precision precision) {
    return new NumberCells(precision.cells(), precision.cells() - 1);
  }

  /** Returns the cells of one field with {@code size} numbers: all numbers, then all rests. */
  static NumberCells ofVector(int size, Precision precision) {
    return new NumberCells(1, precision == Precision.DOUBLE ? size : 0);
  }

  /** Returns the number whose cell is at {@code at}; NaN if it is missing. */
  double number(float[] raw, int at) {
    return rest == 0 ? raw[at] : (double) raw[at] + raw[at + rest];
  }
}
