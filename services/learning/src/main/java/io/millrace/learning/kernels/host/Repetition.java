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
    int start = out.start(rows);
    if (bias == null) {
      Arrays.fill(out.values(), start, start + out.length(rows), 0);
      return;
    }
    int columns = out.columns();
    for (int row = 0; row < out.rows(rows); row++) {
      System.arraycopy(bias.values, bias.offset, out.values(), start + row * columns, columns);
    }
  }
}
