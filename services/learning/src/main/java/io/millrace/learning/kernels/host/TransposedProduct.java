package io.millrace.learning.kernels.host;

import org.bytedeco.javacpp.FloatPointer;

/**
 * Adds a batch times transposed weights to a sum or to zero; // [n, out] · [in, out]ᵀ -> [n, in].
 */
final class TransposedProduct extends HostCall {
  private final Blas blas;
  private final HostMatrix a;
  private final HostBuffer weights;
  private final HostMatrix out;
  private final boolean isSum;
  private final NativeCopy nativeA;
  private final NativeCopy nativeWeights;

  TransposedProduct(Blas blas, HostMatrix a, HostBuffer weights, HostMatrix out, boolean isSum) {
    super(out.buffer());
    this.blas = blas;
    this.a = a;
    this.weights = weights;
    this.out = out;
    this.isSum = isSum;
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
    FloatPointer result = blas.result(out.length(rows));
    if (isSum) {
      result.put(out.values(), out.start(rows), out.length(rows));
    }
    blas.productTransposed(
        nativeA.fresh(rows, a.length(rows)),
        nativeWeights.fresh(rows, weights.length()),
        a.rows(rows),
        a.columns(),
        out.columns(),
        isSum ? 1 : 0);
    result.get(out.values(), out.start(rows), out.length(rows));
  }

  private void computeInLoops(int rows) {
    int k = a.columns();
    int n = out.columns();
    int aStart = a.start(rows);
    int outStart = out.start(rows);
    for (int row = 0; row < a.rows(rows); row++) {
      for (int j = 0; j < n; j++) {
        float before = isSum ? out.values()[outStart + row * n + j] : 0;
        out.values()[outStart + row * n + j] =
            before
                + Loops.dot(
                    a.values(), aStart + row * k, weights.values, weights.offset + j * k, k);
      }
    }
  }
}
