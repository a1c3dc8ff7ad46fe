package io.millrace.learning.features;

/**
 * Where a feature is stored in an input.
 *
 * @param rawStride cells of a whole raw row
 * @param rawStart the feature's first cell
 * @param stride numbers in a whole row of the network's input
 * @param start the feature's first number
 */
record Layout(int rawStride, int rawStart, int stride, int start) {
  int raw(int row) {
    return row * rawStride + rawStart;
  }

  int at(int row) {
    return row * stride + start;
  }
}
