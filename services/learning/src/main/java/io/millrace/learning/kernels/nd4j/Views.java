package io.millrace.learning.kernels.nd4j;

import static io.millrace.learning.kernels.nd4j.DeviceBuffer.device;

import io.millrace.learning.kernels.Buffer;
import io.millrace.learning.kernels.Matrix;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Array views of parts of buffers. */
final class Views {
  private Views() {}

  /** Returns a matrix for a batch of {@code rows} examples; // [n, columns]. */
  static INDArray of(Matrix matrix, int rows) {
    return of(matrix, rows, (long) matrix.rowsPerExample() * rows, matrix.columns());
  }

  /** Returns the values of a matrix in another shape. */
  static INDArray of(Matrix matrix, int rows, long... shape) {
    return device(matrix.buffer()).view(start(matrix, rows), shape);
  }

  /** Returns some columns of a matrix; // [n, width]. */
  static INDArray columns(Matrix matrix, int rows, int first, int width) {
    return device(matrix.buffer())
        .view(
            start(matrix, rows) + first,
            new long[] {(long) matrix.rowsPerExample() * rows, width},
            new long[] {matrix.columns(), 1});
  }

  /** Returns some columns of an array; // [n, columns] -> [n, width]. */
  static INDArray columns(INDArray array, int first, int width) {
    return array.get(NDArrayIndex.all(), NDArrayIndex.interval(first, first + width));
  }

  /** Returns a whole buffer in a shape. */
  static INDArray of(Buffer buffer, long... shape) {
    return device(buffer).view(0, shape);
  }

  /** Returns a whole buffer; // [1, length]. */
  static INDArray row(Buffer buffer) {
    return of(buffer, 1, buffer.length());
  }

  private static int start(Matrix matrix, int rows) {
    return matrix.firstRow() * matrix.columns() * rows;
  }
}
