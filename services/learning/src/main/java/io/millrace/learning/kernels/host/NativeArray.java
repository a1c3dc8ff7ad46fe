package io.millrace.learning.kernels.host;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;

/** Numbers in native memory, which each thread of a team looks at from where it wants. */
final class NativeArray {
  private final FloatPointer values;
  private final FloatPointer[] views;
  private final FloatBuffer buffer;
  private final int length;

  NativeArray(int length, int threads) {
    this.length = length;
    this.values = new FloatPointer((long) Math.max(1, length));
    this.buffer = values.asBuffer();
    this.views = new FloatPointer[threads];
    for (int i = 0; i < threads; i++) {
      views[i] = new FloatPointer(values);
    }
  }

  /** Returns an array of at least that size: this one, or a new one in its place. */
  NativeArray atLeast(int newLength, int threads) {
    if (newLength <= length && threads <= views.length) {
      return this;
    }
    values.close();
    return new NativeArray(newLength, threads);
  }

  /**
   * Copies {@code length} values of {@code source} to {@code offset} and on; a buffer's copy, as
   * that of a pointer is a call of native code, which takes longer than a short copy itself.
   */
  void write(int offset, float[] source, int start, int length) {
    buffer.put(offset, source, start, length);
  }

  /** Copies {@code length} values from {@code offset} on to {@code target}. */
  void read(int offset, float[] target, int start, int length) {
    buffer.get(offset, target, start, length);
  }

  /** Returns the values from {@code offset} on, for the use of one thread. */
  FloatPointer from(int thread, int offset) {
    return views[thread].position(offset);
  }
}
