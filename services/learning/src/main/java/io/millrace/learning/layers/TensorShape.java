package io.millrace.learning.layers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The dimensions of a tensor without the batch axis.
 *
 * @param dimensions each at least 1
 */
public record TensorShape(List<Integer> dimensions) {

  public TensorShape {
    dimensions = List.copyOf(dimensions);
    if (dimensions.stream().anyMatch(dimension -> dimension < 1)) {
      throw new IllegalArgumentException("A dimension below 1: " + dimensions);
    }
  }

  public static TensorShape of(int... dimensions) {
    return new TensorShape(Arrays.stream(dimensions).boxed().toList());
  }

  public int rank() {
    return dimensions.size();
  }

  /** Returns one dimension; negative axes count from the end. */
  public int dimension(int axis) {
    return dimensions.get(axis < 0 ? rank() + axis : axis);
  }

  /** Returns the last dimension, the features or channels; 1 for a scalar. */
  public int last() {
    return rank() == 0 ? 1 : dimension(-1);
  }

  /** Returns the number of values; allocates nothing, because it is called in every step. */
  public int size() {
    int size = 1;
    for (int axis = 0; axis < rank(); axis++) {
      size = Math.multiplyExact(size, dimensions.get(axis));
    }
    return size;
  }

  /**
   * Returns this shape with another dimension at {@code axis}; negative axes count from the end.
   */
  public TensorShape with(int axis, int dimension) {
    List<Integer> changed = new ArrayList<>(dimensions);
    changed.set(axis < 0 ? rank() + axis : axis, dimension);
    return new TensorShape(changed);
  }

  public int[] toArray() {
    return dimensions.stream().mapToInt(Integer::intValue).toArray();
  }

  @Override
  public String toString() {
    return dimensions.stream().map(String::valueOf).collect(Collectors.joining(", ", "(", ")"));
  }
}
