package io.millrace.learning.kernels.host.product;

import io.millrace.learning.kernels.host.memory.Blas;
import io.millrace.learning.kernels.host.memory.HostBuffer;
import io.millrace.learning.kernels.host.memory.HostMatrix;
import io.millrace.learning.kernels.host.memory.Loops;
import io.millrace.learning.kernels.host.memory.NativeArray;
import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;

/** The sum of the outer products of two matrices' rows; // [n, in]ᵀ · [n, out] -> [in, out]. */
public final class TransposedTimes extends Multiplying {
  private final HostMatrix a;
  private final HostMatrix b;
  private final HostBuffer out;
  private final MatrixProduct product;

  public TransposedTimes(Blas blas, HostMatrix a, HostMatrix b, HostBuffer out) {
    super(blas, a, b.factor(blas.team()), b.columns(), out, null);
    this.a = a;
    this.b = b;
    this.out = out;
    this.product = MatrixProduct.transposedTimes(a.columns(), b.columns());
  }

  @Override
  protected int count(int rows) {
    return a.columns();
  }

  @Override
  int lengthOfB(int rows) {
    return b.length(rows);
  }

  @Override
  void computeNatively(int rows, int part, int first, int end, NativeArray result, int offset) {
    FloatPointer columnsOfA = nativeA().from(part, first);
    FloatPointer rowsOfB = nativeB().from(part, 0);
    FloatPointer c = result.from(part, offset);
    product.compute(end - first, a.rows(rows), columnsOfA, rowsOfB, 0, c);
  }

  @Override
  void computeInLoops(int rows, int first, int end) {
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
