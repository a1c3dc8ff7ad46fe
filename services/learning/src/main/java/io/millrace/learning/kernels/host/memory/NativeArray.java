package io.millrace.learning.kernels.host.memory;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;

/** Numbers in native memory, with a movable view for each thread of a team. */
public final class NativeArray {
  /** Longer copies would read from beyond the processor's nearest cache. */
  private static final int BLOCK = 1 << 12;

  /** Aligned to a cache line, because a vector that crosses two lines takes twice as long. */
  private static final int ALIGNMENT = 64;

  private final FloatPointer memory;
  private final FloatPointer values;
  private final FloatPointer[] views;
  private final FloatBuffer buffer;
  private final int length;

  public NativeArray(int length, int threads) {
    this.length = length;
    int room = Math.max(1, length);
    this.memory = new FloatPointer((long) room + ALIGNMENT / Float.BYTES);
    int skipped = (int) (ALIGNMENT - memory.address() % ALIGNMENT) / Float.BYTES;
    this.buffer = memory.asBuffer().slice(skipped, room);
    this.values = new FloatPointer(buffer);
    this.views = new FloatPointer[threads];
    for (int i = 0; i < threads; i++) {
      views[i] = new FloatPointer(values);
    }
  }

  /** Returns an array of at least that size: this one, or a new one that replaces it. */
  public NativeArray atLeast(int newLength, int threads) {
    if (newLength <= length && threads <= views.length) {
      return this;
    }
    memory.close();
    return new NativeArray(newLength, threads);
  }

  /**
   * Copies {@code length} values of {@code source} to {@code offset} and on. It uses the copy of a
   * buffer: that of a pointer is a native call, which takes longer than a short copy itself.
   */
  public void write(int offset, float[] source, int start, int length) {
    buffer.put(offset, source, start, length);
  }

  /** Copies {@code length} values from {@code offset} on to {@code target}. */
  public void read(int offset, float[] target, int start, int length) {
    buffer.get(offset, target, start, length);
  }

  /** Sets {@code rows} rows, at least one, from {@code offset} on to the values of one row. */
  public void repeat(int offset, float[] row, int start, int columns, int rows) {
    int length = columns * rows;
    buffer.put(offset, row, start, columns);
    int block = columns;
    for (int done = columns; done < length; done += block) {
      block = block < BLOCK ? done : block;
      buffer.put(offset + done, buffer, offset, Math.min(block, length - done));
    }
  }

  /** Returns the values from {@code offset} on, as a new pointer. */
  public FloatPointer at(int offset) {
    return new FloatPointer(buffer.slice(offset, length - offset));
  }

  /** Returns the values from {@code offset} on, in one thread's view. */
  public FloatPointer from(int thread, int offset) {
    return views[thread].position(offset);
  }
}
