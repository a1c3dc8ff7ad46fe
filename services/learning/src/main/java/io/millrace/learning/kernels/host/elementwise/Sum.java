package io.millrace.learning.kernels.host.elementwise;

import io.millrace.learning.kernels.host.memory.HostCall;
import io.millrace.learning.kernels.host.memory.HostMatrix;
import io.millrace.learning.kernels.host.memory.Loops;
import java.util.List;

/** Adds matrices of the same shape. */
public final class Sum extends HostCall {
  private final HostMatrix[] terms;
  private final HostMatrix out;

  public Sum(List<HostMatrix> terms, HostMatrix out) {
    super(out.buffer());
    this.terms = terms.toArray(HostMatrix[]::new);
    this.out = out;
  }

  @Override
  protected void compute(int rows) {
    int length = out.length(rows);
    System.arraycopy(
        terms[0].values(), terms[0].start(rows), out.values(), out.start(rows), length);
    for (int i = 1; i < terms.length; i++) {
      Loops.add(terms[i].values(), terms[i].start(rows), out.values(), out.start(rows), length);
    }
  }
}
