package io.millrace.tuning.trials;

import java.util.SplittableRandom;

/**
 * The order in which rows are learned.
 *
 * @param shuffles whether it changes at all
 */
record Shuffling(boolean shuffles, long seed) {
  private static final long PRIME = 1_000_003;

  /** Makes another order of some rows for an epoch: the same in every trial. */
  void shuffle(int[] rows, int epoch) {
    if (!shuffles) {
      return;
    }
    SplittableRandom random = new SplittableRandom(seed * PRIME + epoch);
    for (int i = rows.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int row = rows[i];
      rows[i] = rows[j];
      rows[j] = row;
    }
  }
}
