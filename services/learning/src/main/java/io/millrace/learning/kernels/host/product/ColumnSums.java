package io.millrace.learning.kernels.host.product;

import io.millrace.learning.kernels.host.memory.HostBuffer;
import io.millrace.learning.kernels.host.memory.HostMatrix;
import io.millrace.learning.kernels.host.memory.Loops;
import io.millrace.learning.kernels.host.memory.SharedCall;
import io.millrace.learning.kernels.host.memory.Team;
import java.util.Arrays;

/**
 * Sums a matrix over its rows; // [n, columns] -> [columns].
 *
 * <p>Several rows form one long line, and lines are added to each other, so the loop vectorizes
 * even for few columns. Each thread sums its lines, then folds the sum in halves until one row is
 * left.
 */
public final class ColumnSums extends SharedCall {
  private static final int LINE_LENGTH = 2048;

  /** Fewer values are summed row by row. */
  private static final int SMALLEST_LENGTH = 256;

  private final HostMatrix in;
  private final HostBuffer out;
  private final int rowsInLine;
  private final float[][] sums;
  private final float[][] lines;
  private final NativeColumnSums nativeSums;
  private boolean isNative;

  public ColumnSums(Team team, HostMatrix in, HostBuffer out) {
    super(team, out);
    this.in = in;
    this.out = out;
    this.rowsInLine = Math.max(1, LINE_LENGTH / in.columns());
    this.sums = team.arrays(rowsInLine * in.columns());
    this.lines = team.arrays(rowsInLine * in.columns());
    this.nativeSums = new NativeColumnSums(team, in);
  }

  @Override
  protected int count(int rows) {
    return in.rows(rows);
  }

  @Override
  protected long operations(int rows) {
    return Team.OPERATIONS_PER_VALUE * in.length(rows);
  }

  @Override
  protected void prepare(int rows) {
    isNative = in.buffer().isBehind();
    int length = Math.min(in.length(rows), rowsInLine * in.columns());
    for (float[] sum : sums) {
      Arrays.fill(sum, 0, length, 0);
    }
    if (isNative) {
      nativeSums.prepare(rows);
    }
  }

  @Override
  protected void compute(int rows, int part, int first, int end) {
    if (isNative) {
      nativeSums.of(part, first, end, sums[part]);
    } else if (in.length(rows) >= SMALLEST_LENGTH) {
      addLines(rows, part, first, end);
    }
  }

  private void addLines(int rows, int part, int first, int end) {
    float[] sum = sums[part];
    float[] line = lines[part];
    int columns = in.columns();
    int length = rowsInLine * columns;
    int row = first;
    for (; row + rowsInLine <= end; row += rowsInLine) {
      System.arraycopy(in.values(), in.start(rows) + row * columns, line, 0, length);
      Loops.add(line, 0, sum, 0, length);
    }
    int rest = (end - row) * columns;
    System.arraycopy(in.values(), in.start(rows) + row * columns, line, 0, rest);
    Loops.add(line, 0, sum, 0, rest);
  }

  @Override
  protected void finish(int rows) {
    Arrays.fill(out.values, out.offset, out.offset + in.columns(), 0);
    if (!isNative && in.length(rows) < SMALLEST_LENGTH) {
      addRows(in.values(), in.start(rows), in.rows(rows));
      return;
    }
    for (int part = 0; part < sums.length; part++) {
      fold(sums[part], lines[part], isNative ? 1 : Math.min(rowsInLine, in.rows(rows)));
      addRows(sums[part], 0, 1);
    }
  }

  /** Adds the later half of the rows to the earlier half until the first row is the sum of all. */
  private void fold(float[] sum, float[] half, int count) {
    int columns = in.columns();
    for (int left = count; left > 1; left -= left / 2) {
      int length = left / 2 * columns;
      System.arraycopy(sum, (left - left / 2) * columns, half, 0, length);
      Loops.add(half, 0, sum, 0, length);
    }
  }

  private void addRows(float[] values, int start, int count) {
    int columns = in.columns();
    for (int row = 0; row < count; row++) {
      Loops.add(values, start + row * columns, out.values, out.offset, columns);
    }
  }
}
