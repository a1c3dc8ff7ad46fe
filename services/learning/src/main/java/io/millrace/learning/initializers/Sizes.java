package io.millrace.learning.initializers;

/** The number of values of a shape. */
final class Sizes {
  private Sizes() {}

  static int product(int[] shape) {
    int product = 1;
    for (int axis : shape) {
      product *= axis;
    }
    return product;
  }
}
