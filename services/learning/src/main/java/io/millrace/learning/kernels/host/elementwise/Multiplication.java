package io.millrace.learning.kernels.host.elementwise;

import io.millrace.learning.kernels.host.memory.HostCall;
import io.millrace.learning.kernels.host.memory.HostMatrix;
import io.millrace.learning.kernels.host.memory.Loops;

/** Multiplies two matrices element by element. */
public final class Multiplication extends HostCall {
  private final HostMatrix a;
  private final HostMatrix b;
  private final HostMatrix out;

  public Multiplication(HostMatrix a, HostMatrix b, HostMatrix out) {
    super(out.buffer());
    this.a = a;
    this.b = b;
    this.out = out;
  }

  @Override
  protected void compute(int rows) {
    int length = out.length(rows);
    if (out.values() == b.values()) {
      Loops.multiply(a.values(), a.start(rows), out.values(), out.start(rows), length);
      return;
    }
    if (out.values() != a.values()) {
      System.arraycopy(a.values(), a.start(rows), out.values(), out.start(rows), length);
    }
    Loops.multiply(b.values(), b.start(rows), out.values(), out.start(rows), length);
  }
}
