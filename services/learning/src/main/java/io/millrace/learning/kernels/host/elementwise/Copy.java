package io.millrace.learning.kernels.host.elementwise;

import io.millrace.learning.kernels.host.memory.HostCall;
import io.millrace.learning.kernels.host.memory.HostMatrix;

/** Copies all values of a matrix. */
public final class Copy extends HostCall {
  private final HostMatrix in;
  private final HostMatrix out;

  public Copy(HostMatrix in, HostMatrix out) {
    super(out.buffer());
    this.in = in;
    this.out = out;
  }

  @Override
  protected void compute(int rows) {
    System.arraycopy(in.values(), in.start(rows), out.values(), out.start(rows), in.length(rows));
  }
}
