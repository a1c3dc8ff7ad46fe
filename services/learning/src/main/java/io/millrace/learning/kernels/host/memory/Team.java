package io.millrace.learning.kernels.host.memory;

import io.millrace.learning.threads.HelperThread;

/**
 * The threads that share the work of kernels: the calling one, and helpers that belong to the team.
 *
 * <p>Work is cut into one range per thread. The ranges depend only on the size of the work and the
 * number of threads, so the same number of threads always rounds alike. Belongs to the calling
 * thread; shared work must not share work itself.
 */
public final class Team {
  /** Runs everything on the calling thread. */
  public static final Team ALONE = new Team(1);

  /** Work of fewer operations, some ten microseconds, does not gain from sharing. */
  private static final long SMALLEST_SHARED = 1 << 20;

  /** The cost of one value in a loop that does little more than read and write it. */
  public static final long OPERATIONS_PER_VALUE = 8;

  /** Two cache lines, because some processors fetch them in pairs. */
  private static final int SPARE = 32;

  private final HelperThread[] helpers;

  public Team(int threads) {
    helpers = new HelperThread[threads - 1];
    for (int i = 0; i < helpers.length; i++) {
      helpers[i] = new HelperThread("millrace-kernels-" + (i + 1), i + 1);
    }
  }

  /** Returns the number of threads. */
  public int size() {
    return helpers.length + 1;
  }

  /**
   * Returns an array for each thread. All are longer than requested, so that a cache line that one
   * thread writes never holds what another one reads, such as an array's length.
   */
  public float[][] arrays(int length) {
    return new float[size()][length + SPARE];
  }

  /**
   * Runs work on the range [0, count), shared if it is large enough.
   *
   * @param operations the amount of work, in multiply-adds of a matrix product
   */
  void share(HelperThread.Work work, int count, long operations) {
    if (helpers.length == 0 || operations < SMALLEST_SHARED) {
      work.compute(0, 0, count);
      return;
    }
    for (HelperThread helper : helpers) {
      helper.begin(work, first(count, helper.part()), first(count, helper.part() + 1));
    }
    try {
      work.compute(0, 0, first(count, 1));
    } finally {
      for (HelperThread helper : helpers) {
        helper.await();
      }
    }
    for (HelperThread helper : helpers) {
      helper.throwFailure();
    }
  }

  private int first(int count, int part) {
    return (int) ((long) count * part / size());
  }
}
