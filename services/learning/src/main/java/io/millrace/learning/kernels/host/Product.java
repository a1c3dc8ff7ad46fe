package io.millrace.learning.kernels.host;

import org.bytedeco.javacpp.FloatPointer;
import org.jspecify.annotations.Nullable;

/**
 * Multiplies a batch by weights and adds a bias, nothing, or what the result held before; // [n,
 * in] · [in, out] + [out] -> [n, out].
 */
final class Product extends SharedCall {
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
    super(blas.team(), out.buffer());
    this.blas = blas;
    this.a = a;
    this.weights = weights;
    this.out = out;
    this.start = start;
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
    if (start != null) {
      start.compute(rows, first, end);
    }
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
    result.write(0, out.values(), outStart, length);
    FloatPointer rowsOfA = nativeA.from(part, first * k);
    FloatPointer b = nativeWeights.from(part, 0);
    MatrixProduct.compute(false, false, end - first, k, n, rowsOfA, k, b, n, 1, result.from(0, 0));
    result.read(0, out.values(), outStart, length);
  }

  private void computeInLoops(int rows, int first, int end) {
    int k = a.columns();
    int n = out.columns();
    int aStart = a.start(rows);
    int outStart = out.start(rows);
    for (int row = first; row < end; row++) {
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
