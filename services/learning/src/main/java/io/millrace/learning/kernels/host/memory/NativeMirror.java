package io.millrace.learning.kernels.host.memory;

import io.millrace.learning.threads.HelperThread;

/**
 * A buffer's values in native memory, and the range of them that is stale. The range may include
 * fresh values. Belongs to the calling thread.
 */
final class NativeMirror implements HelperThread.Work {
  private final Team team;
  private final int length;
  private NativeArray array = new NativeArray(0, 1);
  private int firstStale;
  private int endOfStale;
  private float[] source = {};
  private int sourceStart;
  private int firstCopied;

  NativeMirror(Team team, int length) {
    this.team = team;
    this.length = length;
    this.endOfStale = length;
  }

  /** Returns the native memory, always the same. */
  NativeArray array() {
    array = array.atLeast(length, team.size());
    return array;
  }

  /** Notes that a range has been written elsewhere. */
  void becomesStale(int first, int end) {
    boolean isFresh = firstStale == endOfStale;
    firstStale = isFresh ? first : Math.min(first, firstStale);
    endOfStale = isFresh ? end : Math.max(end, endOfStale);
  }

  /** Notes that a range is up to date. */
  void becomesFresh(int first, int end) {
    if (first <= firstStale) {
      firstStale = Math.max(firstStale, Math.min(end, endOfStale));
    } else if (end >= endOfStale) {
      endOfStale = Math.max(firstStale, Math.min(first, endOfStale));
    }
  }

  /**
   * Copies the stale values of a range from an array that holds all values from {@code start} on.
   */
  void renew(int first, int end, float[] values, int start) {
    int from = Math.max(first, firstStale);
    int count = Math.min(end, endOfStale) - from;
    if (count > 0) {
      copy(from, count, values, start);
      becomesFresh(first, end);
    }
  }

  /** Copies all values. */
  void write(float[] values, int start) {
    copy(0, length, values, start);
    becomesFresh(0, length);
  }

  private void copy(int from, int count, float[] values, int start) {
    array();
    source = values;
    sourceStart = start;
    firstCopied = from;
    team.share(this, count, Team.OPERATIONS_PER_VALUE * count);
  }

  @Override
  public void compute(int part, int first, int end) {
    int from = firstCopied + first;
    array.write(from, source, sourceStart + from, end - first);
  }
}
