package io.millrace.learning.kernels.host.memory;

/**
 * The threads that share the work of kernels: the one that calls, and helpers that belong to the
 * team.
 *
 * <p>Work is cut into one range a thread, by nothing but its size and the number of threads, so
 * that the same number of threads always rounds alike. Belongs to the calling thread; shared work
 * shares no work itself.
 */
public final class Team {
  /** Does everything on the calling thread. */
  public static final Team ALONE = new Team(1);

  /** Work of fewer operations, some ten microseconds, is done before sharing it pays. */
  private static final long SMALLEST_SHARED = 1 << 20;

  /** What one value costs a loop that does little more than read and write it. */
  public static final long OPERATIONS_PER_VALUE = 8;

  /** Two lines of the cache, which some processors fetch together. */
  private static final int SPARE = 32;

  private final TeamThread[] helpers;

  /** Work that can be done in ranges, each by another thread. */
  interface Work {
    /** Does the range from {@code first} to before {@code end} as the thread {@code part}. */
    void compute(int part, int first, int end);
  }

  public Team(int threads) {
    helpers = new TeamThread[threads - 1];
    for (int i = 0; i < helpers.length; i++) {
      helpers[i] = new TeamThread(i + 1);
    }
  }

  /** Returns the number of threads. */
  public int size() {
    return helpers.length + 1;
  }

  /**
   * Returns an array for each thread. All are longer than asked, so that what one thread writes is
   * never in a line of the cache with what another reads, were it the array's length.
   */
  public float[][] arrays(int length) {
    return new float[size()][length + SPARE];
  }

  /**
   * Does work on a range of {@code count}.
   *
   * @param operations how much work it is, in multiplications and additions of a matrix product
   */
  void share(Work work, int count, long operations) {
    if (helpers.length == 0 || operations < SMALLEST_SHARED) {
      work.compute(0, 0, count);
      return;
    }
    for (TeamThread helper : helpers) {
      helper.begin(work, first(count, helper.part()), first(count, helper.part() + 1));
    }
    try {
      work.compute(0, 0, first(count, 1));
    } finally {
      for (TeamThread helper : helpers) {
        helper.await();
      }
    }
    for (TeamThread helper : helpers) {
      helper.throwFailure();
    }
  }

  private int first(int count, int part) {
    return (int) ((long) count * part / size());
  }
}
