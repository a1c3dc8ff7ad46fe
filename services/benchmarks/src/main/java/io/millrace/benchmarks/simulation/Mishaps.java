package io.millrace.benchmarks.simulation;

import java.util.SplittableRandom;

/** Lets the process die at random moments, of which it has one wherever it meets the world. */
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

  /** Ends the process with a {@link Crash} where its time has come. */
  void moment() {
    if (moment++ == crashAt) {
      crashes++;
      plan();
      throw new Crash();
    }
  }

  /** Has the process die within so many moments. */
  void crashWithin(int moments) {
    crashAt = moment + random.nextInt(moments);
  }

  long crashes() {
    return crashes;
  }

  private void plan() {
    crashAt = moment + 1 + random.nextInt(2 * momentsPerCrash);
  }

  /** The process is gone, with all that it held. */
  static final class Crash extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private Crash() {
      super(null, null, false, false);
    }
  }
}
