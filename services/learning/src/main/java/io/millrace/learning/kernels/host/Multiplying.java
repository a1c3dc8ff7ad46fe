package io.millrace.learning.kernels.host;

/**
 * A product of two matrices, by a native library where that pays or where an operand is, else in
 * loops; threads share the rows of the result.
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
  private final HostBuffer out;
  private boolean isNative;
  private boolean staysNative;

  /**
   * @param columns of the result
   */
  Multiplying(Blas blas, HostMatrix a, NativeCopy nativeB, int columns, HostBuffer out) {
    super(blas.team());
    this.blas = blas;
    this.a = a;
    this.nativeA = a.nativeCopy(blas.team());
    this.nativeB = nativeB;
    this.columns = columns;
    this.out = out;
  }

  @Override
  final long operations(int rows) {
    return (long) a.length(rows) * columns;
  }

  @Override
  final void prepare(int rows) {
    isNative =
        operations(rows) >= SMALLEST_NATIVE_PRODUCT || nativeA.isAhead() || nativeB.isAhead();
    staysNative = isNative && canStayNative(rows);
    if (isNative) {
      nativeA.renew(rows, a.length(rows));
      nativeB.renew(rows, lengthOfB(rows));
    }
    if (staysNative) {
      nativeOut().all();
    }
  }

  @Override
  final void compute(int rows, int part, int first, int end) {
    int length = (end - first) * columns;
    if (!isNative) {
      computeInLoops(rows, first, end);
    } else if (staysNative) {
      computeNatively(rows, part, first, end, nativeOut().all(), first * columns);
    } else if (length > 0) {
      NativeArray result = blas.result(part, length);
      computeNatively(rows, part, first, end, result, 0);
      result.read(0, out.values, outStart(rows) + first * columns, length);
    }
  }

  @Override
  final void finish(int rows) {
    if (staysNative) {
      out.writtenTo(nativeOut());
    } else {
      out.written();
    }
  }

  private NativeCopy nativeOut() {
    return out.nativeCopy(team(), 0);
  }

  final NativeCopy nativeA() {
    return nativeA;
  }

  final NativeCopy nativeB() {
    return nativeB;
  }

  /** Says whether the result may be left in native memory. */
  abstract boolean canStayNative(int rows);

  /** Returns the number of values of the second matrix. */
  abstract int lengthOfB(int rows);

  /** Returns the index of the result's first value. */
  abstract int outStart(int rows);

  /** Computes rows of the result in {@code result}, from {@code offset} on. */
  abstract void computeNatively(
      int rows, int part, int first, int end, NativeArray result, int offset);

  abstract void computeInLoops(int rows, int first, int end);
}
