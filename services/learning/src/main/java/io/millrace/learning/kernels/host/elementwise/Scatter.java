package io.millrace.learning.kernels.host.elementwise;

import io.millrace.learning.kernels.host.memory.HostBuffer;
import io.millrace.learning.kernels.host.memory.HostMatrix;
import io.millrace.learning.kernels.host.memory.Loops;
import io.millrace.learning.kernels.host.memory.SharedCall;
import io.millrace.learning.kernels.host.memory.Team;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Sums rows by their index; // indices [n, 1], gradient [n, columns] -> [size, columns].
 *
 * <p>With sums of squares, only the rows that the last run wrote are cleared, so a large table
 * costs no more than the rows in use. Each thread sums some of the columns over all rows.
 */
public final class Scatter extends SharedCall {
  private final HostMatrix indices;
  private final HostMatrix gradient;
  private final HostBuffer table;
  private final @Nullable HostBuffer squares;
  private int[] written = new int[0];
  private int writtenCount;

  public Scatter(
      Team team,
      HostMatrix indices,
      HostMatrix gradient,
      HostBuffer table,
      @Nullable HostBuffer squares) {
    super(team, table);
    this.indices = indices;
    this.gradient = gradient;
    this.table = table;
    this.squares = squares;
  }

  @Override
  protected int count(int rows) {
    return gradient.columns();
  }

  @Override
  protected long operations(int rows) {
    return Team.OPERATIONS_PER_VALUE * gradient.length(rows);
  }

  @Override
  protected void compute(int rows, int part, int first, int end) {
    clear(first, end);
    int columns = gradient.columns();
    int from = gradient.start(rows);
    for (int row = 0; row < gradient.rows(rows); row++) {
      int to = table.offset + place(rows, row);
      add(from + row * columns, to, first, end);
    }
  }

  /** Returns where the table row of a gradient row begins. */
  private int place(int rows, int row) {
    return (int) indices.values()[indices.start(rows) + row] * gradient.columns();
  }

  private void add(int from, int to, int first, int end) {
    Loops.add(gradient.values(), from + first, table.values, to + first, end - first);
    if (squares != null) {
      addSquares(from, squares, to - table.offset, first, end);
    }
  }

  private void addSquares(int from, HostBuffer to, int toStart, int first, int end) {
    float[] g = gradient.values();
    for (int i = first; i < end; i++) {
      to.values[toStart + i] += g[from + i] * g[from + i];
    }
  }

  private void clear(int first, int end) {
    if (squares == null) {
      clearTable(first, end);
      return;
    }
    for (int i = 0; i < writtenCount; i++) {
      int to = table.offset + written[i];
      Arrays.fill(table.values, to + first, to + end, 0);
      Arrays.fill(squares.values, written[i] + first, written[i] + end, 0);
    }
  }

  private void clearTable(int first, int end) {
    int columns = gradient.columns();
    for (int to = table.offset; to < table.offset + table.length(); to += columns) {
      Arrays.fill(table.values, to + first, to + end, 0);
    }
  }

  @Override
  protected void finish(int rows) {
    writtenCount = gradient.rows(rows);
    if (written.length < writtenCount) {
      written = new int[writtenCount];
    }
    for (int row = 0; row < writtenCount; row++) {
      written[row] = place(rows, row);
    }
  }
}
