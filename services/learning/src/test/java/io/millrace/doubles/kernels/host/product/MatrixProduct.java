package io.millrace.doubles.kernels.host.product;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.openblas.global.openblas;

/** What the engine's class of that name is, in double precision, which oneDNN has no product in. */
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
