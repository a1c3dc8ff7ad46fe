package io.millrace.learning.kernels.host;

import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;

/**
 * Sums a matrix over its rows; // [n, columns] -> [columns].
 *
 * <p>Goes to OpenBLAS where the matrix has been copied to native memory anyway, for the gradient of
 * the weights that the bias belongs to.
 */
final class ColumnSums extends HostCall {
  private static final int SMALLEST_NATIVE_LENGTH = 256;

  private final Blas blas;
  private final HostMatrix in;
  private final HostBuffer out;
  private final NativeCopy nativeIn;

  ColumnSums(Blas blas, HostMatrix in, HostBuffer out) {
    super(out);
    this.blas = blas;
    this.in = in;
    this.out = out;
    this.nativeIn = in.nativeCopy();
  }

  @Override
  void compute(int rows) {
    if (in.length(rows) >= SMALLEST_NATIVE_LENGTH) {
      FloatPointer ones = blas.ones(in.rows(rows));
      FloatPointer result = blas.result(in.columns());
      blas.columnSums(nativeIn.fresh(rows, in.length(rows)), ones, in.rows(rows), in.columns());
      result.get(out.values, out.offset, in.columns());
    } else {
      computeInLoops(rows);
    }
  }

  private void computeInLoops(int rows) {
    int columns = in.columns();
    int end = in.start(rows) + in.length(rows);
    Arrays.fill(out.values, out.offset, out.offset + columns, 0);
    for (int row = in.start(rows); row < end; row += columns) {
      Loops.add(in.values(), row, out.values, out.offset, columns);
    }
  }
}
