package io.millrace.learning.kernels;

/**
 * A row-major matrix in a buffer, whose number of rows depends on the batch size.
 *
 * <p>For a batch of {@code n} examples it begins at row {@code firstRow * n} of the buffer and has
 * {@code rowsPerExample * n} contiguous rows. A tensor {@code [n, steps, features]} is a matrix
 * with {@code steps} rows per example. In the layout {@code [steps, n, features]}, step {@code t}
 * of the same tensor is the matrix with first row {@code t}.
 *
 * @param buffer the buffer of the values
 * @param firstRow where the matrix begins, in rows per example
 * @param rowsPerExample rows that each example of the batch adds
 * @param columns values in a row
 */
public record Matrix(Buffer buffer, int firstRow, int rowsPerExample, int columns) {

  /** Returns the matrix {@code [n, columns]} at the start of {@code buffer}. */
  public static Matrix of(Buffer buffer, int columns) {
    return new Matrix(buffer, 0, 1, columns);
  }

  /** Returns the matrix {@code [n * rowsPerExample, columns]} at the start of {@code buffer}. */
  public static Matrix of(Buffer buffer, int rowsPerExample, int columns) {
    return new Matrix(buffer, 0, rowsPerExample, columns);
  }

  /** Returns one step of a tensor with the layout {@code [steps, n, columns]}. */
  public Matrix step(int step) {
    return steps(step, 1);
  }

  /** Returns {@code count} steps of a tensor with the layout {@code [steps, n, columns]}. */
  public Matrix steps(int first, int count) {
    return new Matrix(buffer, firstRow + first, count, columns);
  }

  /** Returns the same range of another buffer. */
  public Matrix in(Buffer other) {
    return new Matrix(other, firstRow, rowsPerExample, columns);
  }

  /** Returns how many values each example of the batch adds. */
  public int valuesPerExample() {
    return rowsPerExample * columns;
  }
}
