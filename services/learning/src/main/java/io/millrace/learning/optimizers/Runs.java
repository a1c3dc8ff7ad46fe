package io.millrace.learning.optimizers;

import java.util.Arrays;

/** The variables of a flat vector as runs that learn or are frozen, in turn. Immutable. */
final class Runs {
  private final int[] ends;
  private final boolean[] frozen;

  private Runs(int[] ends, boolean[] frozen) {
    this.ends = ends;
    this.frozen = frozen;
  }

  /**
   * Joins neighbours that are alike.
   *
   * @param sizes of the variables
   * @param frozen whether each of them is
   */
  static Runs of(int[] sizes, boolean[] frozen) {
    int[] ends = new int[sizes.length];
    boolean[] runs = new boolean[sizes.length];
    int count = 0;
    int end = 0;
    for (int i = 0; i < sizes.length; i++) {
      end += sizes[i];
      count += count > 0 && runs[count - 1] == frozen[i] ? 0 : 1;
      runs[count - 1] = frozen[i];
      ends[count - 1] = end;
    }
    return new Runs(Arrays.copyOf(ends, count), Arrays.copyOf(runs, count));
  }

  int count() {
    return ends.length;
  }

  /** Returns where a run begins in the vector. */
  int first(int run) {
    return run == 0 ? 0 : ends[run - 1];
  }

  /** Returns where a run ends in the vector. */
  int end(int run) {
    return ends[run];
  }

  boolean isFrozen(int run) {
    return frozen[run];
  }
}
