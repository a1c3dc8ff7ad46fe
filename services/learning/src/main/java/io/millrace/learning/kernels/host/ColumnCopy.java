package io.millrace.learning.kernels.host;

/** Copies some columns of every row. */
final class ColumnCopy extends HostCall {
  private final HostMatrix in;
  private final int inColumn;
  private final HostMatrix out;
  private final int outColumn;
  private final int width;

  ColumnCopy(HostMatrix in, int inColumn, HostMatrix out, int outColumn, int width) {
    super(out.buffer());
    this.in = in;
    this.inColumn = inColumn;
    this.out = out;
    this.outColumn = outColumn;
    this.width = width;
  }

  @Override
  void compute(int rows) {
    int from = in.start(rows) + inColumn;
    int to = out.start(rows) + outColumn;
    for (int row = in.rows(rows); row > 0; row--) {
      System.arraycopy(in.values(), from, out.values(), to, width);
      from += in.columns();
      to += out.columns();
    }
  }
}
