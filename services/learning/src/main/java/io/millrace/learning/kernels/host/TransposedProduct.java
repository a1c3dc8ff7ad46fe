package io.millrace.learning.kernels.host;

import org.bytedeco.javacpp.FloatPointer;

/**
 * Adds a batch times transposed weights to a sum or to zero; // [n, out] · [in, out]ᵀ -> [n, in].
 */
final class TransposedProduct extends SharedCall {
  private final Blas blas;
  private final HostMatrix a;
  private final HostBuffer weights;
  private final HostMatrix out;
  private final boolean isSum;
  private final NativeCopy nativeA;
  private final NativeCopy nativeWeights;

  TransposedProduct(Blas blas, HostMatrix a, HostBuffer weights, HostMatrix out, boolean isSum) {
    super(blas.team(), out.buffer());
    this.blas = blas;
    this.a = a;
    this.weights = weights;
    this.out = out;
    this.isSum = isSum;
    this.nativeA = a.nativeCopy();
    this.nativeWeights = weights.nativeCopy(0);
  }

  @Override
  int count(int rows) {
    return a.rows(rows);
  }

  @Override
  long operations(int rows) {
    return (long) a.length(rows) * out.columns();
  }

  @Override
  void prepare(int rows) {
    if (isNative(rows)) {
      nativeA.renew(team(), rows, a.length(rows));
      nativeWeights.renew(team(), rows, weights.length());
    }
  }

  @Override
  void compute(int rows, int part, int first, int end) {
    if (isNative(rows)) {
      computeNatively(rows, part, first, end);
    } else {
      computeInLoops(rows, first, end);
    }
  }

  private boolean isNative(int rows) {
    return Blas.pays(a.rows(rows), a.columns(), out.columns());
  }

  private void computeNatively(int rows, int part, int first, int end) {
    int k = a.columns();
    int n = out.columns();
    int outStart = out.start(rows) + first * n;
    int length = (end - first) * n;
    NativeArray result = blas.result(part, length);
    if (isSum) {
      result.write(0, out.values(), outStart, length);
    }
    FloatPointer rowsOfA = nativeA.from(part, first * k);
    FloatPointer b = nativeWeights.from(part, 0);
    float keep = isSum ? 1 : 0;
    MatrixProduct.compute(
        false, true, end - first, k, n, rowsOfA, k, b, k, keep, result.from(0, 0));
    result.read(0, out.values(), outStart, length);
  }

  private void computeInLoops(int rows, int first, int end) {
    int k = a.columns();
    int n = out.columns();
    int aStart = a.start(rows);
    int outStart = out.start(rows);
    for (int row = first; row < end; row++) {
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
