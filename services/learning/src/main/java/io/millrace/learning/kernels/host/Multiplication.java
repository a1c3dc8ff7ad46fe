package io.millrace.learning.kernels.host;

/** Multiplies two matrices value by value. */
final class Multiplication extends HostCall {
  private final HostMatrix a;
  private final HostMatrix b;
  private final HostMatrix out;

  Multiplication(HostMatrix a, HostMatrix b, HostMatrix out) {
    super(out.buffer());
    this.a = a;
    this.b = b;
    this.out = out;
  }

  @Override
  void compute(int rows) {
    float[] left = a.values();
    float[] right = b.values();
    float[] product = out.values();
    int leftStart = a.start(rows);
    int rightStart = b.start(rows);
    int outStart = out.start(rows);
    int length = out.length(rows);
    for (int i = 0; i < length; i++) {
      product[outStart + i] = left[leftStart + i] * right[rightStart + i];
    }
  }
}
