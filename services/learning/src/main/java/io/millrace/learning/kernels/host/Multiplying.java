package io.millrace.learning.kernels.host;

import org.bytedeco.javacpp.FloatPointer;

/**
 * A product of two matrices, by a native library where that pays, else in loops; threads share the
 * rows of the result.
 */
abstract class Multiplying extends SharedCall {
  /**
   * Products of fewer multiplications are done by loops: there, copying to native memory and back
   * costs more than the native product saves.
   */
  private static final long SMALLEST_NATIVE_PRODUCT = 256;

  private final Blas blas;
  private final HostMatrix a;
  private final NativeCopy nativeA;
  private final NativeCopy nativeB;
  private final int columns;

  /**
   * @param columns of the result
   */
  Multiplying(Blas blas, HostMatrix a, NativeCopy nativeB, int columns, HostBuffer written) {
    super(blas.team(), written);
    this.blas = blas;
    this.a = a;
    this.nativeA = a.nativeCopy();
    this.nativeB = nativeB;
    this.columns = columns;
  }

  @Override
  final long operations(int rows) {
    return (long) a.length(rows) * columns;
  }

  @Override
  final void prepare(int rows) {
    if (isNative(rows)) {
      nativeA.renew(team(), rows, a.length(rows));
      nativeB.renew(team(), rows, lengthOfB(rows));
    }
  }

  @Override
  final void compute(int rows, int part, int first, int end) {
    if (isNative(rows) && first < end) {
      NativeArray result = blas.result(part, (end - first) * columns);
      computeNatively(rows, part, first, end, result);
    } else {
      computeInLoops(rows, first, end);
    }
  }

  private boolean isNative(int rows) {
    return operations(rows) >= SMALLEST_NATIVE_PRODUCT;
  }

  final FloatPointer nativeA(int part, int offset) {
    return nativeA.from(part, offset);
  }

  final FloatPointer nativeB(int part) {
    return nativeB.from(part, 0);
  }

  /** Returns the number of values of the second matrix. */
  abstract int lengthOfB(int rows);

  /** Computes rows of the result in {@code result} and copies them to where they belong. */
  abstract void computeNatively(int rows, int part, int first, int end, NativeArray result);

  abstract void computeInLoops(int rows, int first, int end);
}
