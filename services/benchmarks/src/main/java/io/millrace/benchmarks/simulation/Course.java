package io.millrace.benchmarks.simulation;

import java.util.Arrays;

/**
 * The expected order of records, as determined by the commands: new records, or those of a rewind,
 * pass by pass and partition by partition.
 */
final class Course {
  private final int[] next;
  private final int[] unread;
  private int[] start;
  private int passesLeft;

  Course() {
    this(new int[Plan.PARTITIONS], new int[Plan.PARTITIONS], new int[Plan.PARTITIONS], 0);
  }

  private Course(int[] next, int[] unread, int[] start, int passesLeft) {
    this.next = next;
    this.unread = unread;
    this.start = start;
    this.passesLeft = passesLeft;
  }

  /** What ends with a record. */
  enum End {
    NOTHING,
    PASS,
    REWIND
  }

  Course copy() {
    return new Course(next.clone(), unread.clone(), start.clone(), passesLeft);
  }

  boolean isRewinding() {
    return passesLeft > 0;
  }

  /** Returns the next offset to read in a partition. */
  int next(int partition) {
    return next[partition];
  }

  /** Returns the offset of the first new record in a partition. */
  int unread(int partition) {
    return unread[partition];
  }

  /** Moves past a record, which must be the expected next one. */
  End read(int record) {
    int partition = Plan.partition(record);
    Invariant.EVERY_RECORD_TRAINED_ONCE.require(
        Plan.offset(record) == next[partition],
        "record %d is read in partition %d where %d is due, rewinding: %s",
        Plan.offset(record),
        partition,
        next[partition],
        isRewinding());
    if (!isRewinding()) {
      next[partition]++;
      unread[partition]++;
      return End.NOTHING;
    }
    Invariant.EVERY_RECORD_TRAINED_ONCE.require(
        next[partition] < unread[partition], "record %d is new within a rewind", record);
    next[partition]++;
    return endPass();
  }

  /** Rewinds to offsets by partition. */
  End rewind(int[] from, int passes) {
    start = from.clone();
    System.arraycopy(start, 0, next, 0, next.length);
    passesLeft = passes;
    return endPass();
  }

  private End endPass() {
    if (!Arrays.equals(next, unread)) {
      return End.NOTHING;
    }
    if (--passesLeft == 0) {
      return End.REWIND;
    }
    System.arraycopy(start, 0, next, 0, next.length);
    return Arrays.equals(start, unread) ? endPass() : End.PASS;
  }
}
