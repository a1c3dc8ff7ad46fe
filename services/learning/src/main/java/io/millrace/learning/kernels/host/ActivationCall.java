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
    loops.apply(in.values(), in.start(rows), out.values(), out.start(rows), in.length(rows));
  }
}
