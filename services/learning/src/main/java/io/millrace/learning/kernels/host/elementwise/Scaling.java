package io.millrace.learning.kernels.host.elementwise;

import io.millrace.learning.kernels.host.memory.HostCall;
import io.millrace.learning.kernels.host.memory.HostMatrix;
import io.millrace.learning.kernels.host.memory.Loops;

/** Multiplies all values by one factor. */
public final class Scaling extends HostCall {
  private final HostMatrix in;
  private final float factor;
  private final HostMatrix out;

  public Scaling(HostMatrix in, float factor, HostMatrix out) {
    super(out.buffer());
    this.in = in;
    this.factor = factor;
    this.out = out;
  }

  @Override
  protected void compute(int rows) {
    int start = out.start(rows);
    int length = out.length(rows);
    if (in.values() != out.values()) {
      System.arraycopy(in.values(), in.start(rows), out.values(), start, length);
    }
    Loops.scale(out.values(), start, factor, length);
  }
}
