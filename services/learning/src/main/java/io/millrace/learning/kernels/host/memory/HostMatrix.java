package io.millrace.learning.kernels.host.memory;

import io.millrace.learning.kernels.Buffer;
import io.millrace.learning.kernels.Matrix;

/** A matrix whose buffer belongs to these kernels. */
public record HostMatrix(HostBuffer buffer, int firstRow, int rowsPerExample, int columns) {

  /** Returns a matrix for a kernel that reads or writes its values on the heap. */
  public static HostMatrix of(Matrix matrix) {
    host(matrix.buffer());
    return anywhere(matrix);
  }

  /** Returns a matrix for a kernel that reads its values on the heap or in native memory. */
  public static HostMatrix anywhere(Matrix matrix) {
    HostBuffer buffer = own(matrix.buffer());
    if (matrix.firstRow() != 0) {
      buffer.readOnHeap(); // only whole buffers stay in native memory
    }
    return new HostMatrix(buffer, matrix.firstRow(), matrix.rowsPerExample(), matrix.columns());
  }

  /** Returns a buffer for a kernel that reads or writes its values on the heap. */
  public static HostBuffer host(Buffer buffer) {
    HostBuffer host = own(buffer);
    host.readOnHeap();
    return host;
  }

  private static HostBuffer own(Buffer buffer) {
    if (buffer instanceof HostBuffer hostBuffer) {
      return hostBuffer;
    }
    throw new IllegalArgumentException("A buffer of other kernels: " + buffer.getClass());
  }

  public float[] values() {
    return buffer.values;
  }

  /** Returns the index of the first value for a batch of {@code rows} examples. */
  public int start(int rows) {
    return buffer.offset + firstRow * columns * rows;
  }

  /** Returns the number of rows for a batch of {@code rows} examples. */
  public int rows(int rows) {
    return rowsPerExample * rows;
  }

  /** Returns the number of values for a batch of {@code rows} examples. */
  public int length(int rows) {
    return rowsPerExample * columns * rows;
  }

  /** Returns the matrix's native copy. */
  public NativeCopy nativeCopy(Team team) {
    return buffer.nativeCopy(team, firstRow * columns);
  }

  /** Returns the matrix's native copy for a factor of a product. */
  public NativeCopy factor(Team team) {
    return buffer.factor(team, firstRow * columns);
  }

  /** Notes that a batch has been written on the heap. */
  public void written(int rows) {
    int first = start(rows) - buffer.offset;
    buffer.written(first, first + length(rows));
  }

  /** Notes that a batch has been written both on the heap and in native memory. */
  public void writtenTwice(int rows) {
    int first = start(rows) - buffer.offset;
    buffer.writtenTwice(first, first + length(rows));
  }

  /** Returns whether a kernel may leave the values in native memory alone. */
  public boolean canStayNative(int rows) {
    return buffer.canStayNative(length(rows));
  }
}
