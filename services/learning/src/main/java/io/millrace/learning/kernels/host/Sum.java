package io.millrace.learning.kernels.host;

import java.util.List;

/** Adds matrices of one shape. */
final class Sum extends HostCall {
  private final HostMatrix[] terms;
  private final HostMatrix out;

  Sum(List<HostMatrix> terms, HostMatrix out) {
    super(out.buffer());
    this.terms = terms.toArray(HostMatrix[]::new);
    this.out = out;
  }

  @Override
  void compute(int rows) {
    int length = out.length(rows);
    System.arraycopy(
        terms[0].values(), terms[0].start(rows), out.values(), out.start(rows), length);
    for (int i = 1; i < terms.length; i++) {
      Loops.add(terms[i].values(), terms[i].start(rows), out.values(), out.start(rows), length);
    }
  }
}
