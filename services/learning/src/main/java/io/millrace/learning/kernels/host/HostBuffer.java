package io.millrace.learning.kernels.host;

import io.millrace.learning.kernels.Buffer;
import io.millrace.learning.kernels.HostCopy;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A range of a heap array.
 *
 * <p>Counts the writes to it, by which its {@link NativeCopy copies} in native memory know whether
 * they are fresh. A write to a slice leaves the count of its parent as it is: whoever multiplies a
 * buffer writes to that very buffer, or to one that it is a slice of.
 */
final class HostBuffer implements Buffer, HostCopy {
  final float[] values;
  final int offset;
  private final int length;
  private final @Nullable HostBuffer parent;
  private final List<NativeCopy> copies = new ArrayList<>();
  private long writes;

  HostBuffer(int length) {
    this(new float[length], 0, length, null);
  }

  private HostBuffer(float[] values, int offset, int length, @Nullable HostBuffer parent) {
    this.values = values;
    this.offset = offset;
    this.length = length;
    this.parent = parent;
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public Buffer slice(int start, int sliceLength) {
    Objects.checkFromIndexSize(start, sliceLength, length);
    return new HostBuffer(values, offset + start, sliceLength, this);
  }

  @Override
  public void write(int start, float[] source, int sourceOffset, int count) {
    System.arraycopy(source, sourceOffset, values, offset + start, count);
    written();
  }

  @Override
  public void read(int start, float[] target, int targetOffset, int count) {
    System.arraycopy(values, offset + start, target, targetOffset, count);
  }

  @Override
  public HostCopy hostCopy() {
    if (offset != 0) {
      throw new IllegalArgumentException("A slice has no array of its own");
    }
    return this;
  }

  @Override
  public float[] values() {
    return values;
  }

  @Override
  public void download(int count) {
    Objects.checkFromIndexSize(0, count, length);
  }

  @Override
  public void upload(int count) {
    Objects.checkFromIndexSize(0, count, length);
    written();
  }

  /** Returns the copy in native memory of the values from {@code firstValue * n} on. */
  NativeCopy nativeCopy(int firstValue) {
    for (NativeCopy copy : copies) {
      if (copy.firstValue() == firstValue) {
        return copy;
      }
    }
    NativeCopy copy = new NativeCopy(this, firstValue);
    copies.add(copy);
    return copy;
  }

  /** Notes a change of values. */
  void written() {
    writes++;
  }

  long writes() {
    return parent == null ? writes : writes + parent.writes();
  }
}
