package io.millrace.learning.kernels.host;

import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.FloatPointer;

/**
 * The product of two row-major matrices in native memory, by oneDNN. It runs on the calling thread
 * where {@code OMP_NUM_THREADS} is 1, and is shared by so many threads of its own elsewhere.
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
