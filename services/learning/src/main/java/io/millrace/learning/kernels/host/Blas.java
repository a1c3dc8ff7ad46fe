package io.millrace.learning.kernels.host;

import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;

/**
 * Matrix products on native memory, with a scratch area for results. Belongs to one thread.
 */
final class Blas {
  /**
   * Products of fewer multiplications are done by loops: there, copying to native memory and back
   * costs more than the native product saves.
   */
  private static final long SMALLEST_NATIVE_PRODUCT = 256;

  private FloatPointer result = new FloatPointer(0L);
  private long capacity;
  private FloatPointer ones = new FloatPointer(0L);
  private long onesCapacity;

  /** Says whether a product of {@code m · k · n} multiplications is worth a native call. */
  static boolean pays(int m, int k, int n) {
    return (long) m * k * n >= SMALLEST_NATIVE_PRODUCT;
  }

  /** Returns room for a result of {@code length} values. */
  FloatPointer result(int length) {
    if (capacity < length) {
      result.close();
      result = new FloatPointer((long) length);
      capacity = length;
    }
    return result;
  }

  /** Computes {@code result += a · b}; // [m, k] · [k, n] -> [m, n]. */
  void addProduct(FloatPointer a, FloatPointer b, int m, int k, int n) {
    MatrixProduct.compute(false, false, m, k, n, a, k, b, n, 1, result);
  }

  /** Computes the sums over rows, {@code result = onesᵀ · a}; // [m, n] -> [n]. */
  void columnSums(FloatPointer a, FloatPointer ones, int m, int n) {
    MatrixProduct.compute(false, false, 1, m, n, ones, m, a, n, 0, result);
  }

  /** Returns at least {@code length} ones. */
  FloatPointer ones(int length) {
    if (onesCapacity < length) {
      float[] values = new float[length];
      Arrays.fill(values, 1);
      ones.close();
      ones = new FloatPointer(values);
      onesCapacity = length;
    }
    return ones;
  }

  /** Computes {@code result = a · bᵀ + keep * result}; // [m, k] · [n, k]ᵀ -> [m, n]. */
  void productTransposed(FloatPointer a, FloatPointer b, int m, int k, int n, float keep) {
    MatrixProduct.compute(false, true, m, k, n, a, k, b, k, keep, result);
  }

  /** Computes {@code result = aᵀ · b + keep * result}; // [k, m]ᵀ · [k, n] -> [m, n]. */
  void outerProduct(FloatPointer a, FloatPointer b, int m, int k, int n, float keep) {
    MatrixProduct.compute(true, false, m, k, n, a, m, b, n, keep, result);
  }
}
