package io.millrace.doubles.kernels.host.product;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.openblas.global.openblas;

/** The engine's class of the same name in double precision, in which oneDNN has no product. */
public final class MatrixProduct {
  private MatrixProduct() {}

  public static void compute(
      boolean isTransposedA,
      boolean isTransposedB,
      int m,
      int k,
      int n,
      DoublePointer a,
      int widthA,
      DoublePointer b,
      int widthB,
      double keep,
      DoublePointer c) {
    openblas.cblas_dgemm(
        openblas.CblasRowMajor,
        isTransposedA ? openblas.CblasTrans : openblas.CblasNoTrans,
        isTransposedB ? openblas.CblasTrans : openblas.CblasNoTrans,
        m,
        n,
        k,
        1,
        a,
        widthA,
        b,
        widthB,
        keep,
        c,
        n);
  }
}
