package io.millrace.learning.initializers;

/**
 * The number of a unit's connections, which initializers scale by.
 *
 * @param in connections into a unit of the layer
 * @param out connections out of a unit of the previous layer
 */
public record Fans(int in, int out) {

  /**
   * Returns Keras' count for a kernel: the last two axes are the channels, earlier axes the
   * receptive field.
   */
  public static Fans of(int... shape) {
    if (shape.length == 0) {
      return new Fans(1, 1);
    }
    if (shape.length == 1) {
      return new Fans(shape[0], shape[0]);
    }
    int field = 1;
    for (int axis = 0; axis < shape.length - 2; axis++) {
      field *= shape[axis];
    }
    return new Fans(shape[shape.length - 2] * field, shape[shape.length - 1] * field);
  }
}
