package io.millrace.benchmarks.simulation;

import io.millrace.learning.random.RandomStream;
import java.time.Duration;

/**
 * The plan of a simulation: the outcomes of records and the frequency of other events. All of it
 * follows from the seed.
 *
 * @param seed the seed of everything random
 * @param recordsPerCrash the mean number of records between two crashes, besides those near
 *     commands
 * @param recordsPerCommand the mean number of records between two commands
 * @param recordsPerCheckpoint the number of records in a checkpoint interval
 * @param recordsKept the number of newest consumed records that the topic still has
 */
record Plan(
    long seed,
    int recordsPerCrash,
    int recordsPerCommand,
    int recordsPerCheckpoint,
    int recordsKept) {
  /** The partitions of the records topic. */
  static final int PARTITIONS = 2;

  /** The time between two records. */
  static final Duration PERIOD = Duration.ofMillis(10);

  private static final int RECORDS_PER_BAD_ONE = 1000;

  /** Returns the hash that decides whether a record is held out. */
  long holdoutHash(int record) {
    return RandomStream.of(seed, 0).bits(record);
  }

  boolean isBad(int record) {
    return RandomStream.of(seed, 1).integer(record, RECORDS_PER_BAD_ONE) == 0;
  }

  /** Returns the partition of a record. */
  static int partition(int record) {
    return record % PARTITIONS;
  }

  static int offset(int record) {
    return record / PARTITIONS;
  }

  static int record(int partition, long offset) {
    return (int) offset * PARTITIONS + partition;
  }

  /** Returns the timestamp of a record, in milliseconds since the epoch. */
  static long timeMillis(int record) {
    return record * PERIOD.toMillis();
  }

  Duration checkpointInterval() {
    return PERIOD.multipliedBy(recordsPerCheckpoint);
  }
}
