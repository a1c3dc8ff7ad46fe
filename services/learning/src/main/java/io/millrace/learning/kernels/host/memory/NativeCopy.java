package io.millrace.learning.kernels.host.memory;

import org.bytedeco.javacpp.FloatPointer;

/**
 * A part of a buffer in native memory, renewed if the buffer has been written since.
 *
 * <p>A weight is thus copied once per step even if the step multiplies by it twice. Values that
 * were multiplied step by step are already there when all steps are multiplied at once.
 */
public final class NativeCopy {
  private final HostBuffer buffer;
  private final NativeMirror mirror;
  private final int firstValue;
  private final FloatPointer[] views;
  private int start;

  /**
   * @param firstValue where the part begins: at {@code firstValue * n} for a batch of {@code n}
   */
  NativeCopy(HostBuffer buffer, NativeMirror mirror, int firstValue, int threads) {
    this.buffer = buffer;
    this.mirror = mirror;
    this.firstValue = firstValue;
    this.views = new FloatPointer[threads];
  }

  /** Returns whether the values are in native memory and not on the heap. */
  public boolean isAhead() {
    return buffer.isBehind();
  }

  /** Brings {@code length} values for a batch of {@code rows} examples up to date. */
  public void renew(int rows, int length) {
    mirror.array(); // allocates before threads use it
    start = firstValue * rows;
    buffer.renew(mirror, start, start + length);
  }

  /** Returns the native memory of the whole buffer. */
  public NativeArray array() {
    return mirror.array();
  }

  /** Returns the values from {@code offset} on, in one thread's view. */
  public FloatPointer from(int part, int offset) {
    FloatPointer view = views[part];
    if (view == null) {
      view = mirror.array().at(0);
      views[part] = view;
    }
    return view.position(start + offset);
  }

  /** Returns the values from {@code offset} on. Their place is fixed for a given batch size. */
  public FloatPointer at(int offset) {
    return mirror.array().at(start + offset);
  }
}
