package io.millrace.learning.kernels.host;

import org.bytedeco.javacpp.FloatPointer;

/**
 * Adds a batch times weights to what the result holds; // [n, in] · [in, out] -> [n, out].
 *
 * <p>A bias is added by {@link Repetition repeating} it over the result first.
 */
final class Product extends HostCall {
  private final Blas blas;
  private final HostMatrix a;
  private final HostBuffer weights;
  private final HostMatrix out;
  private final NativeCopy nativeA;
  private final NativeCopy nativeWeights;

  Product(Blas blas, HostMatrix a, HostBuffer weights, HostMatrix out) {
    super(out.buffer());
    this.blas = blas;
    this.a = a;
    this.weights = weights;
    this.out = out;
    this.nativeA = a.nativeCopy();
    this.nativeWeights = weights.nativeCopy(0);
  }

  @Override
  void compute(int rows) {
    if (Blas.pays(a.rows(rows), a.columns(), out.columns())) {
      computeNatively(rows);
    } else {
      computeInLoops(rows);
    }
  }

  private void computeNatively(int rows) {
    int length = out.length(rows);
    FloatPointer result = blas.result(length);
    result.put(out.values(), out.start(rows), length);
    blas.addProduct(
        nativeA.fresh(rows, a.length(rows)),
        nativeWeights.fresh(rows, weights.length()),
        a.rows(rows),
        a.columns(),
        out.columns());
    result.get(out.values(), out.start(rows), length);
  }

  private void computeInLoops(int rows) {
    int k = a.columns();
    int n = out.columns();
    int aStart = a.start(rows);
    int outStart = out.start(rows);
    for (int row = 0; row < a.rows(rows); row++) {
      for (int i = 0; i < k; i++) {
        Loops.addScaled(
            a.values()[aStart + row * k + i],
            weights.values,
            weights.offset + i * n,
            out.values(),
            outStart + row * n,
            n);
      }
    }
  }
}
