package io.millrace.learning.kernels.host;

/** Applies an activation function to a matrix. */
final class ActivationCall extends HostCall {
  private final ActivationLoops loops;
  private final HostMatrix in;
  private final HostMatrix out;

  ActivationCall(ActivationLoops loops, HostMatrix in, HostMatrix out) {
    super(out.buffer());
    this.loops = loops;
    this.in = in;
    this.out = out;
  }

  @Override
  void compute(int rows) {
    int start = out.start(rows);
    int length = out.length(rows);
    if (in.values() != out.values() || in.start(rows) != start) {
      System.arraycopy(in.values(), in.start(rows), out.values(), start, length);
    }
    loops.apply(out.values(), start, length);
  }
}
