package io.millrace.learning.kernels.host;

import org.bytedeco.javacpp.FloatPointer;

/** Numbers in native memory, which each thread of a team looks at from where it wants. */
final class NativeArray {
  private final FloatPointer values;
  private final FloatPointer[] views;
  private final int length;

  NativeArray(int length, int threads) {
    this.length = length;
    this.values = new FloatPointer((long) length);
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

  /** Returns the values from {@code offset} on, for the use of one thread. */
  FloatPointer from(int thread, int offset) {
    return views[thread].position(offset);
  }
}
