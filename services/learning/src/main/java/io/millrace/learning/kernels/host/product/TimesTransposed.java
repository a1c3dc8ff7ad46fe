package io.millrace.learning.kernels.host.product;

import io.millrace.learning.kernels.host.memory.Blas;
import io.millrace.learning.kernels.host.memory.HostBuffer;
import io.millrace.learning.kernels.host.memory.HostMatrix;
import io.millrace.learning.kernels.host.memory.Loops;
import io.millrace.learning.kernels.host.memory.NativeArray;
import org.bytedeco.javacpp.FloatPointer;

/**
 * Adds a batch times transposed weights to a sum or to zero; // [n, out] · [in, out]ᵀ -> [n, in].
 */
public final class TimesTransposed extends Multiplying {
  private final HostMatrix a;
  private final HostBuffer weights;
  private final HostMatrix out;
  private final boolean isSum;
  private final MatrixProduct product;

  public TimesTransposed(
      Blas blas, HostMatrix a, HostBuffer weights, HostMatrix out, boolean isSum) {
    super(blas, a, weights.factor(blas.team(), 0), out.columns(), out.buffer(), out);
    this.a = a;
    this.weights = weights;
    this.out = out;
    this.isSum = isSum;
    this.product = MatrixProduct.timesTransposed(out.columns());
  }

  @Override
  protected int count(int rows) {
    return a.rows(rows);
  }

  @Override
  int lengthOfB(int rows) {
    return weights.length();
  }

  @Override
  boolean isSum() {
    return isSum;
  }

  @Override
  void computeNatively(int rows, int part, int first, int end, NativeArray result, int offset) {
    int k = a.columns();
    float keep = isSum ? 1 : 0;
    FloatPointer rowsOfA = nativeA().from(part, first * k);
    FloatPointer b = nativeB().from(part, 0);
    FloatPointer c = result.from(part, offset);
    product.compute(end - first, k, rowsOfA, b, keep, c);
  }

  @Override
  void computeInLoops(int rows, int first, int end) {
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
