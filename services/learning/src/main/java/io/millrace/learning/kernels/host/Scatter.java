package io.millrace.learning.kernels.host;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Sums rows by their index; // indices [n, 1], gradient [n, columns] -> [size, columns].
 *
 * <p>Only the rows that the last run wrote are cleared, so that a large table costs no more than
 * the rows in use.
 */
final class Scatter extends HostCall {
  private final HostMatrix indices;
  private final HostMatrix gradient;
  private final HostBuffer table;
  private final @Nullable HostBuffer squares;
  private int[] written = new int[0];
  private int writtenCount;

  Scatter(HostMatrix indices, HostMatrix gradient, HostBuffer table, @Nullable HostBuffer squares) {
    super(table);
    this.indices = indices;
    this.gradient = gradient;
    this.table = table;
    this.squares = squares;
  }

  @Override
  void compute(int rows) {
    int columns = gradient.columns();
    clear(columns);
    writtenCount = gradient.rows(rows);
    if (written.length < writtenCount) {
      written = new int[writtenCount];
    }
    int from = gradient.start(rows);
    for (int row = 0; row < writtenCount; row++) {
      int index = (int) indices.values()[indices.start(rows) + row];
      int to = table.offset + index * columns;
      Loops.add(gradient.values(), from + row * columns, table.values, to, columns);
      if (squares != null) {
        addSquares(from + row * columns, squares, to - table.offset, columns);
      }
      written[row] = to;
    }
  }

  private void addSquares(int from, HostBuffer to, int toStart, int columns) {
    float[] g = gradient.values();
    for (int i = 0; i < columns; i++) {
      to.values[toStart + i] += g[from + i] * g[from + i];
    }
  }

  private void clear(int columns) {
    if (squares == null) {
      Arrays.fill(table.values, table.offset, table.offset + table.length(), 0);
      return;
    }
    for (int i = 0; i < writtenCount; i++) {
      Arrays.fill(table.values, written[i], written[i] + columns, 0);
      int inSquares = written[i] - table.offset;
      Arrays.fill(squares.values, inSquares, inSquares + columns, 0);
    }
  }
}
