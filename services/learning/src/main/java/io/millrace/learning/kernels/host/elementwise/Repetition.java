package io.millrace.learning.kernels.host.elementwise;

import io.millrace.learning.kernels.host.memory.HostBuffer;
import io.millrace.learning.kernels.host.memory.HostCall;
import io.millrace.learning.kernels.host.memory.HostMatrix;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Sets every row to a bias, or to zero. */
public final class Repetition extends HostCall {
  private final @Nullable HostBuffer bias;
  private final HostMatrix out;

  public Repetition(@Nullable HostBuffer bias, HostMatrix out) {
    super(out.buffer());
    this.bias = bias;
    this.out = out;
  }

  @Override
  public void compute(int rows) {
    compute(rows, 0, out.rows(rows));
  }

  /** Sets the rows [first, end). */
  public void compute(int rows, int first, int end) {
    int columns = out.columns();
    int start = out.start(rows) + first * columns;
    int length = (end - first) * columns;
    if (bias == null) {
      Arrays.fill(out.values(), start, start + length, 0);
    } else if (length > 0) {
      System.arraycopy(bias.values, bias.offset, out.values(), start, columns);
      repeat(start, columns, length);
    }
  }

  /**
   * Repeats the first row by copying all rows written so far: a few long copies, not one per row.
   */
  private void repeat(int start, int columns, int length) {
    float[] values = out.values();
    for (int done = columns; done < length; done *= 2) {
      System.arraycopy(values, start, values, start + done, Math.min(done, length - done));
    }
  }
}
