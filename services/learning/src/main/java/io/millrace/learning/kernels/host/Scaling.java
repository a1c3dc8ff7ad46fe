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
    float[] from = in.values();
    float[] to = out.values();
    int fromStart = in.start(rows);
    int toStart = out.start(rows);
    int length = in.length(rows);
    for (int i = 0; i < length; i++) {
      to[toStart + i] = factor * from[fromStart + i];
    }
  }
}
