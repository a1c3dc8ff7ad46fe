package io.millrace.export;

import java.lang.reflect.Array;
import java.util.List;

/** The values of a weight, row-major. */
public final class Values {
  private final List<Integer> shape;
  private final float[] flat;

  /** Takes the values, which are not copied. */
  public Values(List<Integer> shape, float[] flat) {
    this.shape = List.copyOf(shape);
    this.flat = flat;
  }

  public List<Integer> shape() {
    return shape;
  }

  /** Returns the values themselves. */
  public float[] flat() {
    return flat;
  }

  /** Returns the values as arrays in arrays, with a depth of the shape's rank, at least 1. */
  public Object nested() {
    return nested(0, 0, flat.length);
  }

  private Object nested(int axis, int start, int length) {
    if (axis >= shape.size() - 1) {
      float[] row = new float[length];
      System.arraycopy(flat, start, row, 0, length);
      return row;
    }
    int count = shape.get(axis);
    int[] dimensions = new int[shape.size() - axis];
    dimensions[0] = count;
    Object array = Array.newInstance(float.class, dimensions);
    for (int i = 0; i < count; i++) {
      Array.set(array, i, nested(axis + 1, start + i * (length / count), length / count));
    }
    return array;
  }
}
