package io.millrace.learning.kernels.host;

import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;

/**
 * The sum of the outer products of the rows of two matrices; // [n, in]ᵀ · [n, out] -> [in, out].
 */
final class OuterProduct extends SharedCall {
  private final Blas blas;
  private final HostMatrix a;
  private final HostMatrix b;
  private final HostBuffer out;
  private final NativeCopy nativeA;
  private final NativeCopy nativeB;

  OuterProduct(Blas blas, HostMatrix a, HostMatrix b, HostBuffer out) {
    super(blas.team(), out);
    this.blas = blas;
    this.a = a;
    this.b = b;
    this.out = out;
    this.nativeA = a.nativeCopy();
    this.nativeB = b.nativeCopy();
  }

  @Override
  int count(int rows) {
    return a.columns();
  }

  @Override
  long operations(int rows) {
    return (long) a.length(rows) * b.columns();
  }

  @Override
  void prepare(int rows) {
    if (isNative(rows)) {
      nativeA.renew(team(), rows, a.length(rows));
      nativeB.renew(team(), rows, b.length(rows));
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
    return Blas.pays(a.columns(), a.rows(rows), b.columns());
  }

  private void computeNatively(int rows, int part, int first, int end) {
    int k = a.rows(rows);
    int n = b.columns();
    int length = (end - first) * n;
    NativeArray result = blas.result(part, length);
    FloatPointer columnsOfA = nativeA.from(part, first);
    FloatPointer rowsOfB = nativeB.from(part, 0);
    MatrixProduct.compute(
        true, false, end - first, k, n, columnsOfA, a.columns(), rowsOfB, n, 0, result.from(0, 0));
    result.read(0, out.values, out.offset + first * n, length);
  }

  private void computeInLoops(int rows, int first, int end) {
    int m = a.columns();
    int n = b.columns();
    int aStart = a.start(rows);
    int bStart = b.start(rows);
    Arrays.fill(out.values, out.offset + first * n, out.offset + end * n, 0);
    for (int row = 0; row < a.rows(rows); row++) {
      for (int i = first; i < end; i++) {
        Loops.addScaled(
            a.values()[aStart + row * m + i],
            b.values(),
            bStart + row * n,
            out.values,
            out.offset + i * n,
            n);
      }
    }
  }
}
