package io.millrace.learning.kernels.host;

import org.bytedeco.javacpp.FloatPointer;

/**
 * A copy in native memory of part of a buffer, renewed when the buffer has been written since.
 *
 * <p>A weight is thus copied once a step although the step multiplies by it twice. A copy of a
 * whole buffer may also be what is written, see {@link HostBuffer#writtenTo}.
 */
final class NativeCopy implements Team.Work {
  private final Team team;
  private final HostBuffer buffer;
  private final int firstValue;
  private NativeArray array = new NativeArray(0, 1);
  private float[] source;
  private int sourceStart;
  private long freshAt = -1;
  private int freshLength;

  NativeCopy(Team team, HostBuffer buffer, int firstValue) {
    this.team = team;
    this.buffer = buffer;
    this.firstValue = firstValue;
    this.source = buffer.values;
  }

  /** Returns where the copy begins: {@code firstValue * n} for a batch of {@code n} examples. */
  int firstValue() {
    return firstValue;
  }

  /** Says whether the values are here and not on the heap. */
  boolean isAhead() {
    return buffer.isBehind();
  }

  /** Makes {@code length} values for a batch of {@code rows} examples be there. */
  void renew(int rows, int length) {
    long now = buffer.writes();
    if (!buffer.isBehind() && (freshAt != now || freshLength != length)) {
      reserve(firstValue == 0 ? buffer.length() : length);
      copy(buffer.values, buffer.offset + firstValue * rows, length);
      freshAt = now;
      freshLength = length;
    }
  }

  /** Writes all values of the buffer here and not to the heap. */
  void write(float[] newValues, int start) {
    all();
    copy(newValues, start, buffer.length());
    buffer.writtenTo(this);
  }

  private void copy(float[] newSource, int start, int length) {
    source = newSource;
    sourceStart = start;
    team.share(this, length, Team.OPERATIONS_PER_VALUE * length);
  }

  /** Returns the values from {@code offset} on, for the use of one thread of the team. */
  FloatPointer from(int part, int offset) {
    return array.from(part, offset);
  }

  /** Returns the values from {@code offset} on, where they are until the copy has to grow. */
  FloatPointer at(int offset) {
    return array.at(offset);
  }

  /** Returns room for all values of the buffer, at the same place ever after. */
  NativeArray all() {
    reserve(buffer.length());
    return array;
  }

  /** Notes that all values of the buffer have been written here. */
  void written() {
    freshAt = buffer.writes();
    freshLength = buffer.length();
  }

  @Override
  public void compute(int part, int first, int end) {
    array.write(first, source, sourceStart + first, end - first);
  }

  private void reserve(int length) {
    array = array.atLeast(length, team.size());
  }
}
