package io.millrace.tuning.data;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The rows that a model learns from, and the rows that it is judged by. No row is in both.
 *
 * @param training row numbers, in the order of the records
 * @param validation row numbers, in the order of the records
 */
@SuppressWarnings("ArrayRecordComponent") // tens of thousands of them; nobody compares splits
public record Split(int[] training, int[] validation) {

  /** Returns the split of so many records that all are learned, and none judges. */
  public static Split ofAll(int records) {
    return new Split(IntStream.range(0, records).toArray(), new int[0]);
  }

  /** Returns whether there is something to learn from, and something to judge by. */
  public boolean isUsable() {
    return training.length > 0 && validation.length > 0;
  }

  /**
   * Returns this split with fewer training rows.
   *
   * @param share how many of them stay, from 0 to 1
   * @param newest whether the last ones stay; otherwise some that the seed chooses
   */
  public Split reduced(double share, boolean newest, long seed) {
    int kept = Math.max(1, (int) Math.round(share * training.length));
    if (kept >= training.length) {
      return this;
    }
    if (newest) {
      return new Split(
          Arrays.copyOfRange(training, training.length - kept, training.length), validation);
    }
    SplittableRandom random = new SplittableRandom(seed);
    int[] rows = training.clone();
    for (int i = 0; i < kept; i++) {
      int j = i + random.nextInt(rows.length - i);
      int row = rows[i];
      rows[i] = rows[j];
      rows[j] = row;
    }
    int[] chosen = Arrays.copyOf(rows, kept);
    Arrays.sort(chosen);
    return new Split(chosen, validation);
  }
}
