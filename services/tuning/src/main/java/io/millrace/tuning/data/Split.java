package io.millrace.tuning.data;

/**
 * The rows that a model learns from, and the rows that it is judged by. No row is in both.
 *
 * @param training row numbers, in the order of the records
 * @param validation row numbers, in the order of the records
 */
@SuppressWarnings("ArrayRecordComponent") // tens of thousands of them; nobody compares splits
public record Split(int[] training, int[] validation) {

  /** Returns whether there is something to learn from, and something to judge by. */
  public boolean isUsable() {
    return training.length > 0 && validation.length > 0;
  }
}
