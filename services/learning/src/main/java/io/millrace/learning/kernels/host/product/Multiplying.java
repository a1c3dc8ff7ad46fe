package io.millrace.learning.kernels.host.product;

import io.millrace.learning.kernels.host.memory.Blas;
import io.millrace.learning.kernels.host.memory.HostBuffer;
import io.millrace.learning.kernels.host.memory.HostMatrix;
import io.millrace.learning.kernels.host.memory.NativeArray;
import io.millrace.learning.kernels.host.memory.NativeCopy;
import io.millrace.learning.kernels.host.memory.SharedCall;
import org.jspecify.annotations.Nullable;

/**
 * A product of two matrices. A native library computes it if that pays or if a factor is already in
 * native memory, else loops do. Threads share the rows of the result.
 */
abstract class Multiplying extends SharedCall {
  /**
   * Products of fewer multiplications run in loops, because copying to native memory and back costs
   * more than the native product saves.
   */
  private static final long SMALLEST_NATIVE_PRODUCT = 256;

  private final Blas blas;
  private final HostMatrix a;
  private final NativeCopy nativeA;
  private final NativeCopy nativeB;
  private final int columns;
  private final HostBuffer out;
  private final @Nullable HostMatrix batch;
  private final @Nullable NativeCopy nativeBatch;
  private Place place = Place.HEAP;

  /** Where the result of a run is computed. */
  private enum Place {
    HEAP,
    /** In scratch memory, then copied to the heap. */
    SCRATCH,
    /** In its mirror, then copied to the heap. */
    MIRROR,
    /** In its mirror, where it stays. */
    MIRROR_ALONE
  }

  /**
   * @param columns of the result
   * @param batch the result if its rows depend on the batch size, else absent
   */
  Multiplying(
      Blas blas,
      HostMatrix a,
      NativeCopy nativeB,
      int columns,
      HostBuffer out,
      @Nullable HostMatrix batch) {
    super(blas.team());
    this.blas = blas;
    this.a = a;
    this.nativeA = a.factor(blas.team());
    this.nativeB = nativeB;
    this.columns = columns;
    this.out = out;
    this.batch = batch;
    this.nativeBatch = batch == null ? null : batch.nativeCopy(blas.team());
  }

  @Override
  protected final long operations(int rows) {
    return (long) a.length(rows) * columns;
  }

  @Override
  protected final void prepare(int rows) {
    place = place(rows);
    if (place != Place.HEAP) {
      nativeA.renew(rows, a.length(rows));
      nativeB.renew(rows, lengthOfB(rows));
    }
    if (nativeBatch != null && batch != null && isInMirror()) {
      nativeBatch.renew(rows, isSum() ? batch.length(rows) : 0);
    }
  }

  private Place place(int rows) {
    boolean isNative =
        operations(rows) >= SMALLEST_NATIVE_PRODUCT || nativeA.isAhead() || nativeB.isAhead();
    if (!isNative) {
      return Place.HEAP;
    }
    if (batch == null) {
      return Place.SCRATCH;
    }
    if (batch.canStayNative(rows)) {
      return Place.MIRROR_ALONE;
    }
    return out.isMultiplied() ? Place.MIRROR : Place.SCRATCH;
  }

  private boolean isInMirror() {
    return place == Place.MIRROR || place == Place.MIRROR_ALONE;
  }

  @Override
  protected final void compute(int rows, int part, int first, int end) {
    if (place == Place.HEAP) {
      computeInLoops(rows, first, end);
    } else if (first < end) {
      computeNatively(rows, part, first, end);
    }
  }

  private void computeNatively(int rows, int part, int first, int end) {
    int length = (end - first) * columns;
    int start = (batch == null ? out.offset : batch.start(rows)) + first * columns;
    NativeArray result;
    int offset = 0;
    if (nativeBatch != null && isInMirror()) {
      result = nativeBatch.array();
      offset = start - out.offset;
    } else {
      result = blas.result(part, length);
      if (isSum()) {
        result.write(0, out.values, start, length);
      }
    }
    computeNatively(rows, part, first, end, result, offset);
    if (place != Place.MIRROR_ALONE) {
      result.read(offset, out.values, start, length);
    }
  }

  @Override
  protected final void finish(int rows) {
    if (batch == null) {
      out.written();
    } else if (place == Place.MIRROR_ALONE) {
      out.writtenNatively();
    } else if (place == Place.MIRROR) {
      batch.writtenTwice(rows);
    } else {
      batch.written(rows);
    }
  }

  final NativeCopy nativeA() {
    return nativeA;
  }

  final NativeCopy nativeB() {
    return nativeB;
  }

  /** Returns whether the product is added to the result's previous values. */
  boolean isSum() {
    return false;
  }

  /** Returns the number of values of the second matrix. */
  abstract int lengthOfB(int rows);

  /** Computes rows of the result in {@code result}, from {@code offset} on. */
  abstract void computeNatively(
      int rows, int part, int first, int end, NativeArray result, int offset);

  abstract void computeInLoops(int rows, int first, int end);
}
