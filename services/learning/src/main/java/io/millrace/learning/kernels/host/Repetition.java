package io.millrace.learning.kernels.host;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Sets every row to a bias, or to zero. */
final class Repetition extends HostCall {
  private final @Nullable HostBuffer bias;
  private final HostMatrix out;

  Repetition(@Nullable HostBuffer bias, HostMatrix out) {
    super(out.buffer());
    this.bias = bias;
    this.out = out;
  }

  @Override
  void compute(int rows) {
    compute(rows, 0, out.rows(rows));
  }

  /** Sets the rows from {@code first} to before {@code end}. */
  void compute(int rows, int first, int end) {
    int columns = out.columns();
    int start = out.start(rows);
    if (bias == null) {
      Arrays.fill(out.values(), start + first * columns, start + end * columns, 0);
      return;
    }
    for (int row = first; row < end; row++) {
      System.arraycopy(bias.values, bias.offset, out.values(), start + row * columns, columns);
    }
  }
}
