package io.millrace.learning.kernels.host.product;

import io.millrace.learning.kernels.host.memory.HostMatrix;
import io.millrace.learning.kernels.host.memory.NativeArray;
import io.millrace.learning.kernels.host.memory.NativeCopy;
import io.millrace.learning.kernels.host.memory.Team;
import org.bytedeco.javacpp.FloatPointer;

/** Sums the rows of a matrix in native memory: a row of ones times the matrix. */
final class NativeColumnSums {
  private static final float[] ONE = {1};

  private final HostMatrix matrix;
  private final NativeCopy values;
  private final int columns;
  private final NativeArray sums;
  private final int threads;
  private final MatrixProduct product;
  private NativeArray ones = new NativeArray(0, 1);
  private int rowsOfOnes;

  NativeColumnSums(Team team, HostMatrix matrix) {
    this.matrix = matrix;
    this.values = matrix.nativeCopy(team);
    this.columns = matrix.columns();
    this.threads = team.size();
    this.product = MatrixProduct.plain(columns);
    this.sums = new NativeArray(threads * columns, threads);
  }

  /** Provides as many ones as the matrix has rows. */
  void prepare(int rows) {
    int count = matrix.rows(rows);
    if (count > rowsOfOnes) {
      ones = ones.atLeast(count, threads);
      ones.repeat(0, ONE, 0, 1, count);
      rowsOfOnes = count;
    }
  }

  /** Sums the rows [first, end). */
  void of(int part, int first, int end, float[] target) {
    int count = end - first;
    FloatPointer rows = values.from(part, first * columns);
    FloatPointer sum = sums.from(part, part * columns);
    product.compute(1, count, ones.from(part, 0), rows, 0, sum);
    sums.read(part * columns, target, 0, columns);
  }
}
