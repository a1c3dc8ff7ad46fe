package io.millrace.learning.kernels.host;

import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;

/**
 * Adds the outer products of the rows of two matrices to a sum or to zero; // [n, in]ᵀ · [n, out]
 * -> [in, out].
 */
final class OuterProduct extends HostCall {
  private final Blas blas;
  private final HostMatrix a;
  private final HostMatrix b;
  private final HostBuffer out;
  private final boolean isSum;
  private final NativeCopy nativeA;
  private final NativeCopy nativeB;

  OuterProduct(Blas blas, HostMatrix a, HostMatrix b, HostBuffer out, boolean isSum) {
    super(out);
    this.blas = blas;
    this.a = a;
    this.b = b;
    this.out = out;
    this.isSum = isSum;
    this.nativeA = a.nativeCopy();
    this.nativeB = b.nativeCopy();
  }

  @Override
  void compute(int rows) {
    if (Blas.pays(a.columns(), a.rows(rows), b.columns())) {
      computeNatively(rows);
    } else {
      computeInLoops(rows);
    }
  }

  private void computeNatively(int rows) {
    FloatPointer result = blas.result(out.length());
    if (isSum) {
      result.put(out.values, out.offset, out.length());
    }
    blas.outerProduct(
        nativeA.fresh(rows, a.length(rows)),
        nativeB.fresh(rows, b.length(rows)),
        a.columns(),
        a.rows(rows),
        b.columns(),
        isSum ? 1 : 0);
    result.get(out.values, out.offset, out.length());
  }

  private void computeInLoops(int rows) {
    int m = a.columns();
    int n = b.columns();
    int aStart = a.start(rows);
    int bStart = b.start(rows);
    if (!isSum) {
      Arrays.fill(out.values, out.offset, out.offset + out.length(), 0);
    }
    for (int row = 0; row < a.rows(rows); row++) {
      for (int i = 0; i < m; i++) {
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
