package io.millrace.learning.kernels.host.product;

import io.millrace.learning.kernels.host.memory.OneDnn;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas;

/**
 * The product of two row-major matrices in native memory.
 *
 * <p>oneDNN computes large products; it compiles them for the processor. OpenBLAS computes small
 * ones, because it finishes before oneDNN begins, and all products on platforms where oneDNN has no
 * fast one. A product runs on the calling thread if {@code OMP_NUM_THREADS} and {@code
 * OPENBLAS_NUM_THREADS} are 1. Otherwise the libraries share it among that many threads.
 */
public final class MatrixProduct {
  /**
   * The number of multiplications from which oneDNN is at least as fast, measured over many shapes.
   */
  private static final long SMALLEST_LARGE_PRODUCT = 1 << 16;

  private MatrixProduct() {}

  /**
   * Computes {@code c = a · b + keep * c}; // [m, k] · [k, n] -> [m, n].
   *
   * @param isTransposedA whether the layout of {@code a} is {@code [k, m]}
   * @param isTransposedB whether the layout of {@code b} is {@code [n, k]}
   * @param widthA values between the starts of rows of {@code a} in its layout
   * @param widthB values between the starts of rows of {@code b} in its layout
   */
  public static void compute(
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
    if (k == 1 && widthB == (isTransposedB ? 1 : n) && widthA == (isTransposedA ? m : 1)) {
      multiplySmall(true, false, m, 1, n, a, m, b, n, keep, c);
    } else if (n == 1) {
      int step = isTransposedB ? 1 : widthB;
      multiplyByVector(isTransposedA, m, k, a, widthA, b, step, keep, c);
    } else if (m == 1) {
      int step = isTransposedA ? widthA : 1;
      multiplyByVector(!isTransposedB, n, k, b, widthB, a, step, keep, c);
    } else if (OneDnn.IS_FAST && (long) m * k * n >= SMALLEST_LARGE_PRODUCT) {
      multiplyLarge(isTransposedA, isTransposedB, m, k, n, a, widthA, b, widthB, keep, c);
    } else {
      multiplySmall(isTransposedA, isTransposedB, m, k, n, a, widthA, b, widthB, keep, c);
    }
  }

  private static void multiplyByVector(
      boolean isTransposed,
      int m,
      int k,
      FloatPointer a,
      int width,
      FloatPointer b,
      int step,
      float keep,
      FloatPointer c) {
    openblas.cblas_sgemv(
        openblas.CblasRowMajor,
        transposition(isTransposed),
        isTransposed ? k : m,
        isTransposed ? m : k,
        1,
        a,
        width,
        b,
        step,
        keep,
        c,
        1);
  }

  private static void multiplySmall(
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
    openblas.cblas_sgemm(
        openblas.CblasRowMajor,
        transposition(isTransposedA),
        transposition(isTransposedB),
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

  private static void multiplyLarge(
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
    byte layoutA = (byte) (isTransposedA ? 'T' : 'N');
    byte layoutB = (byte) (isTransposedB ? 'T' : 'N');
    int status = dnnl.dnnl_sgemm(layoutA, layoutB, m, n, k, 1, a, widthA, b, widthB, keep, c, n);
    if (status != dnnl.dnnl_success) {
      throw new IllegalStateException("oneDNN refuses a matrix product with status " + status);
    }
  }

  private static int transposition(boolean isTransposed) {
    return isTransposed ? openblas.CblasTrans : openblas.CblasNoTrans;
  }
}
