package io.millrace.learning.kernels.host;

import java.util.Arrays;

/** Sums a matrix over its rows, four rows at a time; // [n, columns] -> [columns]. */
final class ColumnSums extends HostCall {
  private final HostMatrix in;
  private final HostBuffer out;

  ColumnSums(HostMatrix in, HostBuffer out) {
    super(out);
    this.in = in;
    this.out = out;
  }

  @Override
  void compute(int rows) {
    int columns = in.columns();
    int end = in.start(rows) + in.length(rows);
    int row = in.start(rows);
    Arrays.fill(out.values, out.offset, out.offset + columns, 0);
    for (; row + 4 * columns <= end; row += 4 * columns) {
      addFourRows(in.values(), row, out.values, out.offset, columns);
    }
    for (; row < end; row += columns) {
      Loops.add(in.values(), row, out.values, out.offset, columns);
    }
  }

  private static void addFourRows(float[] in, int row, float[] sums, int start, int columns) {
    int second = row + columns;
    int third = second + columns;
    int fourth = third + columns;
    for (int i = 0; i < columns; i++) {
      sums[start + i] += in[row + i] + in[second + i] + (in[third + i] + in[fourth + i]);
    }
  }
}
