package io.millrace.learning.kernels.host;

import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas;

/**
 * The product of two row-major matrices in native memory.
 *
 * <p>By oneDNN, which compiles it for the processor at hand; on platforms that oneDNN has no fast
 * product for, by OpenBLAS. It runs on the calling thread where {@code OMP_NUM_THREADS} and {@code
 * OPENBLAS_NUM_THREADS} are 1, and is shared by so many threads of the library elsewhere.
 */
final class MatrixProduct {
  private MatrixProduct() {}

  /**
   * Computes {@code c = a · b + keep * c}; // [m, k] · [k, n] -> [m, n].
   *
   * @param isTransposedA whether {@code a} is laid out {@code [k, m]}
   * @param isTransposedB whether {@code b} is laid out {@code [n, k]}
   * @param widthA values between the starts of rows of {@code a} as it is laid out
   * @param widthB the same of {@code b}
   */
  static void compute(
      boolean isTransposedA,
      boolean isTransposedB,
      int m,
      int k,
      int n,
      FloatPointer a,
      int widthA,
      FloatPointer b,
      int widthB,
      float keep,
      FloatPointer c) {
    if (!OneDnn.IS_FAST) {
      openblas.cblas_sgemm(
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
      return;
    }
    int status =
        dnnl.dnnl_sgemm(
            layout(isTransposedA),
            layout(isTransposedB),
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
    if (status != dnnl.dnnl_success) {
      throw new IllegalStateException("oneDNN refuses a matrix product with status " + status);
    }
  }

  private static byte layout(boolean isTransposed) {
    return (byte) (isTransposed ? 'T' : 'N');
  }
}
