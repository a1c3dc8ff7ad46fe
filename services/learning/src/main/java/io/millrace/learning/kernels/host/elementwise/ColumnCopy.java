package io.millrace.learning.kernels.host.elementwise;

import io.millrace.learning.kernels.host.memory.HostCall;
import io.millrace.learning.kernels.host.memory.HostMatrix;

/** Copies some columns of every row. */
public final class ColumnCopy extends HostCall {
  private final HostMatrix in;
  private final int inColumn;
  private final HostMatrix out;
  private final int outColumn;
  private final int width;

  public ColumnCopy(HostMatrix in, int inColumn, HostMatrix out, int outColumn, int width) {
    super(out.buffer());
    this.in = in;
    this.inColumn = inColumn;
    this.out = out;
    this.outColumn = outColumn;
    this.width = width;
  }

  @Override
  protected void compute(int rows) {
    int from = in.start(rows) + inColumn;
    int to = out.start(rows) + outColumn;
    for (int row = in.rows(rows); row > 0; row--) {
      System.arraycopy(in.values(), from, out.values(), to, width);
      from += in.columns();
      to += out.columns();
    }
  }
}
