package io.millrace.learning.kernels.host.product;

import io.millrace.learning.kernels.host.memory.OneDnn;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas;

/**
 * The product of two row-major matrices in native memory. It is bound to the layout of both and to
 * the width of the result.
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

  /** Binds {@code a · b}; // [m, k] · [k, n] -> [m, n]. */
  public static MatrixProduct plain(int n) {
    return new MatrixProduct(false, false, 0, n);
  }

  /** Binds {@code a · bᵀ}; // [m, k] · [n, k]ᵀ -> [m, n]. */
  public static MatrixProduct timesTransposed(int n) {
    return new MatrixProduct(false, true, 0, n);
  }

  /**
   * Binds {@code aᵀ · b}, of some or all columns of {@code a}; // [k, m]ᵀ · [k, n] -> [m, n].
   *
   * @param columnsOfA the columns of {@code a} in its layout
   */
  public static MatrixProduct transposedTimes(int columnsOfA, int n) {
    return new MatrixProduct(true, false, columnsOfA, n);
  }

  /** Computes {@code c = a · b + keep * c}, with the factors transposed that are bound so. */
  public void compute(int m, int k, FloatPointer a, FloatPointer b, float keep, FloatPointer c) {
    if (k == 1 && widthOfA(k) == (isTransposedA ? m : 1)) {
      multiplyVectors(m, a, b, keep, c);
    } else if (n == 1) {
      multiplyByVector(m, k, a, b, keep, c);
    } else if (m == 1) {
      multiplyVector(k, a, b, keep, c);
    } else if (OneDnn.IS_FAST && (long) m * k * n >= SMALLEST_LARGE_PRODUCT) {
      multiplyLarge(m, k, a, b, keep, c);
    } else {
      multiplySmall(m, k, a, b, keep, c);
    }
  }

  /** Multiplies a column by a row; it does not matter how a vector is laid out. */
  private void multiplyVectors(int m, FloatPointer a, FloatPointer b, float keep, FloatPointer c) {
    int transposed = openblas.CblasTrans;
    int plain = openblas.CblasNoTrans;
    openblas.cblas_sgemm(
        openblas.CblasRowMajor, transposed, plain, m, n, 1, 1, a, m, b, n, keep, c, n);
  }

  /** Multiplies by a column. */
  private void multiplyByVector(
      int m, int k, FloatPointer a, FloatPointer b, float keep, FloatPointer c) {
    int rows = isTransposedA ? k : m;
    int columns = isTransposedA ? m : k;
    int layout = transposition(isTransposedA);
    openblas.cblas_sgemv(
        openblas.CblasRowMajor, layout, rows, columns, 1, a, widthOfA(k), b, 1, keep, c, 1);
  }

  /** Multiplies a row: as a column, by the transposed matrix. */
  private void multiplyVector(int k, FloatPointer a, FloatPointer b, float keep, FloatPointer c) {
    int rows = isTransposedB ? n : k;
    int columns = isTransposedB ? k : n;
    int layout = transposition(!isTransposedB);
    int step = isTransposedA ? columnsOfA : 1;
    openblas.cblas_sgemv(
        openblas.CblasRowMajor, layout, rows, columns, 1, b, widthOfB(k), a, step, keep, c, 1);
  }

  private void multiplySmall(
      int m, int k, FloatPointer a, FloatPointer b, float keep, FloatPointer c) {
    int layoutA = transposition(isTransposedA);
    int layoutB = transposition(isTransposedB);
    int widthA = widthOfA(k);
    int widthB = widthOfB(k);
    openblas.cblas_sgemm(
        openblas.CblasRowMajor, layoutA, layoutB, m, n, k, 1, a, widthA, b, widthB, keep, c, n);
  }

  private void multiplyLarge(
      int m, int k, FloatPointer a, FloatPointer b, float keep, FloatPointer c) {
    byte layoutA = (byte) (isTransposedA ? 'T' : 'N');
    byte layoutB = (byte) (isTransposedB ? 'T' : 'N');
    int widthA = widthOfA(k);
    int widthB = widthOfB(k);
    int status = dnnl.dnnl_sgemm(layoutA, layoutB, m, n, k, 1, a, widthA, b, widthB, keep, c, n);
    if (status != dnnl.dnnl_success) {
      throw new IllegalStateException("oneDNN refuses a matrix product with status " + status);
    }
  }

  /** Returns the values between the starts of two rows of {@code a} as it is laid out. */
  private int widthOfA(int k) {
    return isTransposedA ? columnsOfA : k;
  }

  private int widthOfB(int k) {
    return isTransposedB ? k : n;
  }

  private static int transposition(boolean isTransposed) {
    return isTransposed ? openblas.CblasTrans : openblas.CblasNoTrans;
  }
}
