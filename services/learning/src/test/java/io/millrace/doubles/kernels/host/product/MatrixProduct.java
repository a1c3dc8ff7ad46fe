package io.millrace.doubles.kernels.host.product;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.openblas.global.openblas;

/** The engine's class of the same name in double precision, in which oneDNN has no product. */
public final class MatrixProduct {
  private final boolean isTransposedA;
  private final boolean isTransposedB;
  private final int columnsOfA;
  private final int n;

  private MatrixProduct(boolean isTransposedA, boolean isTransposedB, int columnsOfA, int n) {
    this.isTransposedA = isTransposedA;
    this.isTransposedB = isTransposedB;
    this.columnsOfA = columnsOfA;
    this.n = n;
  }

  public static MatrixProduct plain(int n) {
    return new MatrixProduct(false, false, 0, n);
  }

  public static MatrixProduct timesTransposed(int n) {
    return new MatrixProduct(false, true, 0, n);
  }

  public static MatrixProduct transposedTimes(int columnsOfA, int n) {
    return new MatrixProduct(true, false, columnsOfA, n);
  }

  public void compute(
      int m, int k, DoublePointer a, DoublePointer b, double keep, DoublePointer c) {
    openblas.cblas_dgemm(
        openblas.CblasRowMajor,
        isTransposedA ? openblas.CblasTrans : openblas.CblasNoTrans,
        isTransposedB ? openblas.CblasTrans : openblas.CblasNoTrans,
        m,
        n,
        k,
        1,
        a,
        isTransposedA ? columnsOfA : k,
        b,
        isTransposedB ? k : n,
        keep,
        c,
        n);
  }
}
