package io.millrace.learning.kernels.nd4j;

import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The shapes of element-wise results: the longest operand along each axis. */
final class Broadcast {
  private Broadcast() {}

  static long[] shape(List<INDArray> operands) {
    long[] shape = new long[0];
    for (INDArray operand : operands) {
      long[] other = operand.shape();
      shape = shape.length == 0 ? other.clone() : longest(shape, other);
    }
    return shape;
  }

  static boolean hasShape(INDArray array, long[] shape) {
    return Arrays.equals(array.shape(), shape);
  }

  private static long[] longest(long[] shape, long[] other) {
    long[] result = shape.clone();
    for (int axis = 0; axis < other.length; axis++) {
      result[axis] = Math.max(result[axis], other[axis]);
    }
    return result;
  }
}
