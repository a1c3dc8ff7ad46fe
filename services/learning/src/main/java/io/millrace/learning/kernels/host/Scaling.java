package io.millrace.learning.kernels.host;

/** Multiplies all values by a number. */
final class Scaling extends HostCall {
  private final HostMatrix in;
  private final float factor;
  private final HostMatrix out;

  Scaling(HostMatrix in, float factor, HostMatrix out) {
    super(out.buffer());
    this.in = in;
    this.factor = factor;
    this.out = out;
  }

  @Override
  void compute(int rows) {
    int start = out.start(rows);
    int length = out.length(rows);
    if (in.values() != out.values()) {
      System.arraycopy(in.values(), in.start(rows), out.values(), start, length);
    }
    Loops.scale(out.values(), start, factor, length);
  }
}
