package io.millrace.learning.kernels.host;

import io.millrace.learning.kernels.Buffer;
import io.millrace.learning.kernels.Matrix;

/** A matrix whose buffer is known to be on the heap. */
record HostMatrix(HostBuffer buffer, int firstRow, int rowsPerExample, int columns) {

  static HostMatrix of(Matrix matrix) {
    return new HostMatrix(
        host(matrix.buffer()), matrix.firstRow(), matrix.rowsPerExample(), matrix.columns());
  }

  /** Returns a buffer of these kernels as what it is. */
  static HostBuffer host(Buffer buffer) {
    if (buffer instanceof HostBuffer hostBuffer) {
      return hostBuffer;
    }
    throw new IllegalArgumentException("A buffer of other kernels: " + buffer.getClass());
  }

  float[] values() {
    return buffer.values;
  }

  /** Returns the index of the first value for a batch of {@code rows} examples. */
  int start(int rows) {
    return buffer.offset + firstRow * columns * rows;
  }

  /** Returns the number of rows for a batch of {@code rows} examples. */
  int rows(int rows) {
    return rowsPerExample * rows;
  }

  /** Returns the number of values for a batch of {@code rows} examples. */
  int length(int rows) {
    return rowsPerExample * columns * rows;
  }

  NativeCopy nativeCopy() {
    return buffer.nativeCopy(firstRow * columns);
  }
}
