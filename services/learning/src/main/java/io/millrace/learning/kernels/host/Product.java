package io.millrace.learning.kernels.host;

import org.bytedeco.javacpp.FloatPointer;
import org.jspecify.annotations.Nullable;

/**
 * Multiplies a batch by weights and adds a bias, nothing, or what the result held before; // [n,
 * in] · [in, out] + [out] -> [n, out].
 */
final class Product extends HostCall {
  private final Blas blas;
  private final HostMatrix a;
  private final HostBuffer weights;
  private final HostMatrix out;
  private final @Nullable Repetition start;
  private final NativeCopy nativeA;
  private final NativeCopy nativeWeights;

  /**
   * @param start sets what the product is added to; absent where it is there already
   */
  Product(Blas blas, HostMatrix a, HostBuffer weights, HostMatrix out, @Nullable Repetition start) {
    super(out.buffer());
    this.blas = blas;
    this.a = a;
    this.weights = weights;
    this.out = out;
    this.start = start;
    this.nativeA = a.nativeCopy();
    this.nativeWeights = weights.nativeCopy(0);
  }

  @Override
  void compute(int rows) {
    if (start != null) {
      start.compute(rows);
    }
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
