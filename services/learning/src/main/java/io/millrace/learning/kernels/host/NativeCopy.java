package io.millrace.learning.kernels.host;

import org.bytedeco.javacpp.FloatPointer;

/**
 * A copy in native memory of part of a buffer, renewed when the buffer has been written since.
 *
 * <p>A weight is thus copied once a step although the step multiplies by it twice.
 */
final class NativeCopy implements Team.Work {
  private final HostBuffer buffer;
  private final int firstValue;
  private NativeArray array = new NativeArray(0, 1);
  private int rows;
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

  /** Makes {@code length} values for a batch of {@code newRows} examples be there. */
  void renew(Team team, int newRows, int length) {
    long now = buffer.writes();
    if (freshAt != now || freshLength != length) {
      array = array.atLeast(length, team.size());
      rows = newRows;
      team.share(this, length, Team.OPERATIONS_PER_VALUE * length);
      freshAt = now;
      freshLength = length;
    }
  }

  /** Returns the values from {@code offset} on, for the use of one thread of the team. */
  FloatPointer from(int part, int offset) {
    return array.from(part, offset);
  }

  @Override
  public void compute(int part, int first, int end) {
    array.write(first, buffer.values, buffer.offset + firstValue * rows + first, end - first);
  }
}
