package io.millrace.learning.kernels.host.memory;

import org.bytedeco.javacpp.FloatPointer;

/**
 * Part of a buffer as it is in native memory, which is renewed where the buffer has been written
 * since.
 *
 * <p>A weight is thus copied once a step although the step multiplies by it twice, and what has
 * been multiplied step by step is there when all steps are multiplied.
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

  /** Says whether the values are here and not on the heap. */
  public boolean isAhead() {
    return buffer.isBehind();
  }

  /** Makes {@code length} values for a batch of {@code rows} examples be there. */
  public void renew(int rows, int length) {
    mirror.array(); // before threads ask for it
    start = firstValue * rows;
    buffer.renew(mirror, start, start + length);
  }

  /** Returns the memory of the whole buffer. */
  public NativeArray array() {
    return mirror.array();
  }

  /** Returns the values from {@code offset} on, for the use of one thread of the team. */
  public FloatPointer from(int part, int offset) {
    FloatPointer view = views[part];
    if (view == null) {
      view = mirror.array().at(0);
      views[part] = view;
    }
    return view.position(start + offset);
  }

  /** Returns the values from {@code offset} on, where they always are for this size of a batch. */
  public FloatPointer at(int offset) {
    return mirror.array().at(start + offset);
  }
}
