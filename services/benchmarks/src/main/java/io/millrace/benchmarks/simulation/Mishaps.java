package io.millrace.benchmarks.simulation;

import java.util.SplittableRandom;

/** Crashes the process at random moments. A moment is any interaction with its environment. */
final class Mishaps {
  private final SplittableRandom random;
  private final int momentsPerCrash;
  private long moment;
  private long crashAt;
  private long crashes;

  Mishaps(long seed, int momentsPerCrash) {
    this.random = new SplittableRandom(seed);
    this.momentsPerCrash = momentsPerCrash;
    plan();
  }

  /** Throws a {@link Crash} if one is due. */
  void moment() {
    if (moment++ == crashAt) {
      crashes++;
      plan();
      throw new Crash();
    }
  }

  /** Makes the process crash within {@code moments} moments. */
  void crashWithin(int moments) {
    crashAt = moment + random.nextInt(moments);
  }

  long crashes() {
    return crashes;
  }

  private void plan() {
    crashAt = moment + 1 + random.nextInt(2 * momentsPerCrash);
  }

  /** The process is gone, with all of its state. */
  static final class Crash extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private Crash() {
      super(null, null, false, false);
    }
  }
}
