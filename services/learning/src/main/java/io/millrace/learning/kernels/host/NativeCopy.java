package io.millrace.learning.kernels.host;

import org.bytedeco.javacpp.FloatPointer;

/**
 * A copy in native memory of part of a buffer, renewed when the buffer has been written since.
 *
 * <p>A weight is thus copied once a step although the step multiplies by it twice.
 */
final class NativeCopy {
  private final HostBuffer buffer;
  private final int firstValue;
  private FloatPointer pointer = new FloatPointer(0L);
  private long capacity;
  private long freshAt = -1;
  private int freshLength;

  NativeCopy(HostBuffer buffer, int firstValue) {
    this.buffer = buffer;
    this.firstValue = firstValue;
  }

  /** Returns where the copy begins: {@code firstValue * n} for a batch of {@code n} examples. */
  int firstValue() {
    return firstValue;
  }

  /** Returns {@code length} values for a batch of {@code rows} examples. */
  FloatPointer fresh(int rows, int length) {
    long now = buffer.writes();
    if (freshAt != now || freshLength != length) {
      reserve(length);
      pointer.put(buffer.values, buffer.offset + firstValue * rows, length);
      freshAt = now;
      freshLength = length;
    }
    return pointer;
  }

  private void reserve(int length) {
    if (capacity < length) {
      pointer.close();
      pointer = new FloatPointer((long) length);
      capacity = length;
    }
  }
}
