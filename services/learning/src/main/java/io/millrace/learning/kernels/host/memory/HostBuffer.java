package io.millrace.learning.kernels.host.memory;

import io.millrace.learning.kernels.Buffer;
import io.millrace.learning.kernels.HostCopy;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A range of a heap array.
 *
 * <p>Its {@link NativeMirror mirror} in native memory is notified of writes. The mirror of a slice
 * notices writes to the parent by their count. The mirror of a parent does not notice writes to
 * slices: code that writes to a factor of a product must write to that buffer itself or to its
 * parent.
 *
 * <p>Values that only native operations read can stay in native memory. The array is then behind
 * until something needs it. A kernel that reads the array declares so when it is bound; from then
 * on the array is always up to date.
 */
public final class HostBuffer implements Buffer, HostCopy {
  /** Fewer values are copied faster than oneDNN begins to work on them in place. */
  private static final int SMALLEST_NATIVE_LENGTH = 1 << 11;

  public final float[] values;
  public final int offset;
  private final int length;
  private final @Nullable HostBuffer parent;
  private @Nullable NativeMirror mirror;
  private boolean isMultiplied;
  private boolean isReadOnHeap;
  private boolean isBehind;
  private long writes;
  private long seenWritesOfParent;

  public HostBuffer(int length) {
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
    if (mirror != null && isMultiplied && canStayNative(count)) {
      mirror.write(source, sourceOffset);
      writtenNatively();
    } else {
      catchUp();
      System.arraycopy(source, sourceOffset, values, offset + start, count);
      written(start, start + count);
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

  /** Returns the native copy of the values from {@code firstValue * n} on. */
  NativeCopy nativeCopy(Team team, int firstValue) {
    if (mirror == null) {
      mirror = new NativeMirror(team, length);
    }
    return new NativeCopy(this, mirror, firstValue, team.size());
  }

  /** Returns the native copy for a factor of a product. */
  public NativeCopy factor(Team team, int firstValue) {
    isMultiplied = true;
    return nativeCopy(team, firstValue);
  }

  /**
   * Returns whether a native product reads the values, so that writing them to native memory pays.
   */
  public boolean isMultiplied() {
    return isMultiplied;
  }

  /** Brings a range of the mirror up to date. */
  void renew(NativeMirror copy, int first, int end) {
    long writesOfParent = parent == null ? 0 : parent.writes();
    if (writesOfParent != seenWritesOfParent) {
      copy.becomesStale(0, length);
      seenWritesOfParent = writesOfParent;
    }
    if (!isBehind) {
      copy.renew(first, end, values, offset);
    }
  }

  /** Keeps the array up to date after every kernel from now on. */
  void readOnHeap() {
    isReadOnHeap = true;
    catchUp();
  }

  /**
   * Returns whether a kernel may leave {@code count} values in native memory alone. They must be
   * all values.
   */
  boolean canStayNative(int count) {
    return OneDnn.IS_FAST
        && count == length
        && count >= SMALLEST_NATIVE_LENGTH
        && parent == null
        && !isReadOnHeap;
  }

  /** Returns whether the values are in native memory alone. */
  public boolean isBehind() {
    return isBehind;
  }

  /** Brings the array up to date. */
  public void catchUp() {
    if (isBehind && mirror != null) {
      mirror.array().read(0, values, 0, length);
      isBehind = false;
    }
  }

  /** Notes a change of values in the array. */
  public void written() {
    written(0, length);
  }

  /** Notes a change of a range of values in the array. */
  public void written(int first, int end) {
    writes++;
    isBehind = false;
    if (mirror != null) {
      mirror.becomesStale(first, end);
    }
  }

  /** Notes that all values have been written to the mirror alone. */
  public void writtenNatively() {
    writes++;
    isBehind = true;
    freshen(0, length);
  }

  /** Notes that a range has been written to both the mirror and the array. */
  void writtenTwice(int first, int end) {
    writes++;
    isBehind = false;
    freshen(first, end);
  }

  private long writes() {
    return parent == null ? writes : writes + parent.writes();
  }

  private void freshen(int first, int end) {
    if (mirror != null) {
      mirror.becomesFresh(first, end);
    }
  }
}
