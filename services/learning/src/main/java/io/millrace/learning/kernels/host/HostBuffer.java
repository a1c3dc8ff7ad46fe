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
 *
 * <p>Values that only native operations read can stay in native memory: the array is behind then,
 * until somebody asks for it. A kernel that reads the array says so when it is bound, and finds it
 * up to date ever after.
 */
final class HostBuffer implements Buffer, HostCopy {
  /** Fewer values are copied sooner than oneDNN has begun to work on them where they are. */
  private static final int SMALLEST_NATIVE_LENGTH = 1 << 11;

  final float[] values;
  final int offset;
  private final int length;
  private final @Nullable HostBuffer parent;
  private final List<NativeCopy> copies = new ArrayList<>();
  private boolean isReadOnHeap;
  private @Nullable NativeCopy ahead;
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
    readOnHeap();
    return new HostBuffer(values, offset + start, sliceLength, this);
  }

  @Override
  public void write(int start, float[] source, int sourceOffset, int count) {
    if (canStayNative(count) && !copies.isEmpty()) {
      copies.get(0).write(source, sourceOffset); // of the whole, as all where this is allowed
    } else {
      catchUp();
      System.arraycopy(source, sourceOffset, values, offset + start, count);
      written();
    }
  }

  @Override
  public void read(int start, float[] target, int targetOffset, int count) {
    catchUp();
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
    catchUp();
  }

  @Override
  public void upload(int count) {
    Objects.checkFromIndexSize(0, count, length);
    written();
  }

  /** Returns the copy in native memory of the values from {@code firstValue * n} on. */
  NativeCopy nativeCopy(Team team, int firstValue) {
    for (NativeCopy copy : copies) {
      if (copy.firstValue() == firstValue) {
        return copy;
      }
    }
    NativeCopy copy = new NativeCopy(team, this, firstValue);
    copies.add(copy);
    return copy;
  }

  /** Makes the array be up to date after every kernel from now on. */
  void readOnHeap() {
    isReadOnHeap = true;
    catchUp();
  }

  /** Says whether a kernel may leave so many values, if they are all, in native memory alone. */
  boolean canStayNative(int count) {
    return OneDnn.IS_FAST
        && count == length
        && count >= SMALLEST_NATIVE_LENGTH
        && parent == null
        && !isReadOnHeap;
  }

  /** Says whether the values are in native memory alone. */
  boolean isBehind() {
    return ahead != null;
  }

  /** Brings the array up to date. */
  void catchUp() {
    if (ahead != null) {
      ahead.all().read(0, values, 0, length);
      ahead = null;
    }
  }

  /** Notes a change of values in the array. */
  void written() {
    writes++;
    ahead = null;
  }

  /** Notes that all values have been written to a copy in native memory, and there alone. */
  void writtenTo(NativeCopy copy) {
    writes++;
    ahead = copy;
    copy.written();
  }

  long writes() {
    return parent == null ? writes : writes + parent.writes();
  }
}
