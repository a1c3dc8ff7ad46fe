package io.millrace.benchmarks.simulation;

import io.millrace.learning.random.RandomStream;
import java.time.Duration;

/**
 * What happens to the records of a simulation, and how often what happens besides; all of it
 * follows from the seed.
 *
 * @param seed of everything that is random
 * @param recordsPerCrash records between two crashes, on average, besides those near commands
 * @param recordsPerCommand records between two commands, on average
 * @param recordsPerCheckpoint records between two checkpoints that are due by the time
 * @param recordsKept newest consumed records that the topic still has
 */
record Plan(
    long seed,
    int recordsPerCrash,
    int recordsPerCommand,
    int recordsPerCheckpoint,
    int recordsKept) {
  /** Of the records topic. */
  static final int PARTITIONS = 2;

  /** Between two records. */
  static final Duration PERIOD = Duration.ofMillis(10);

  private static final int RECORDS_PER_BAD_ONE = 1000;

  /** Returns the number by which a record is held out. */
  long holdoutHash(int record) {
    return RandomStream.of(seed, 0).bits(record);
  }

  boolean isBad(int record) {
    return RandomStream.of(seed, 1).integer(record, RECORDS_PER_BAD_ONE) == 0;
  }

  /** Returns the partition that a record is in. */
  static int partition(int record) {
    return record % PARTITIONS;
  }

  static int offset(int record) {
    return record / PARTITIONS;
  }

  static int record(int partition, long offset) {
    return (int) offset * PARTITIONS + partition;
  }

  /** Returns when a record happened, in milliseconds since the epoch. */
  static long timeMillis(int record) {
    return record * PERIOD.toMillis();
  }

  Duration checkpointInterval() {
    return PERIOD.multipliedBy(recordsPerCheckpoint);
  }
}
