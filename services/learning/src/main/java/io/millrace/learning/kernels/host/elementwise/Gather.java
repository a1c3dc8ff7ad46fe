package io.millrace.learning.kernels.host.elementwise;

import io.millrace.learning.kernels.host.memory.HostBuffer;
import io.millrace.learning.kernels.host.memory.HostMatrix;
import io.millrace.learning.kernels.host.memory.SharedCall;
import io.millrace.learning.kernels.host.memory.Team;

/** Looks up rows of a table; // indices [n, 1], table [size, columns] -> [n, columns]. */
public final class Gather extends SharedCall {
  private final HostMatrix indices;
  private final HostBuffer table;
  private final HostMatrix out;

  public Gather(Team team, HostMatrix indices, HostBuffer table, HostMatrix out) {
    super(team, out.buffer());
    this.indices = indices;
    this.table = table;
    this.out = out;
  }

  @Override
  protected int count(int rows) {
    return out.rows(rows);
  }

  @Override
  protected long operations(int rows) {
    return Team.OPERATIONS_PER_VALUE * out.length(rows);
  }

  @Override
  protected void compute(int rows, int part, int first, int end) {
    int columns = out.columns();
    int size = table.length() / columns;
    int index = indices.start(rows);
    int to = out.start(rows);
    for (int row = first; row < end; row++) {
      int from = table.offset + checked(indices.values()[index + row], size) * columns;
      System.arraycopy(table.values, from, out.values(), to + row * columns, columns);
    }
  }

  private static int checked(float value, int size) {
    int index = (int) value;
    if (index != value || index < 0 || index >= size) {
      throw new IllegalArgumentException(
          "an index of an embedding is " + value + "; allowed: a whole number below " + size);
    }
    return index;
  }
}
