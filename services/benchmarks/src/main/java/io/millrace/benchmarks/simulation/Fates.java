package io.millrace.benchmarks.simulation;

import java.util.Arrays;

/** What became of every record: in the life that counts, and in any life that a crash has ended. */
final class Fates {
  private static final byte NONE = 0;
  private static final byte TRAINED = 1;
  private static final byte VALIDATED = 2;
  private static final byte REJECTED = 4;

  private final byte[] now;
  private final byte[] ever;

  Fates(int records) {
    now = new byte[records];
    ever = new byte[records];
  }

  void trained(int record) {
    note(record, TRAINED);
  }

  void validated(int record) {
    note(record, VALIDATED);
  }

  void rejected(int record) {
    note(record, REJECTED);
  }

  /** Forgets what became of the records from one on, since a crash undid it. */
  void undoFrom(int record) {
    Arrays.fill(now, record, now.length, NONE);
  }

  /** Returns how many of the first records were given to training: trained, or only scored. */
  long trainedBefore(int end) {
    return count(end, TRAINED);
  }

  long validatedBefore(int end) {
    return count(end, VALIDATED);
  }

  long rejectedBefore(int end) {
    return count(end, REJECTED);
  }

  private void note(int record, byte fate) {
    Invariant.EVERY_RECORD_TRAINED_ONCE.require(
        now[record] == NONE, "record %d is dealt with twice", record);
    now[record] = fate;
    ever[record] |= fate;
    Invariant.NO_RECORD_BOTH_TRAINED_AND_VALIDATED.require(
        (ever[record] & (TRAINED | VALIDATED)) != (TRAINED | VALIDATED),
        "record %d is on both sides",
        record);
  }

  private long count(int end, byte fate) {
    long count = 0;
    for (int record = 0; record < end; record++) {
      count += now[record] == fate ? 1 : 0;
    }
    return count;
  }
}
