package io.millrace.benchmarks.simulation;

import io.millrace.learning.random.RandomStream;

/**
 * What happens to the records of a simulation, and when; all of it follows from the seed.
 *
 * @param seed of everything that is random
 * @param recordsPerCrash records between two crashes, on average
 * @param recordsPerCommand records between two commands to train again, on average
 * @param recordsPerCheckpoint records between two checkpoints, on average
 */
record Plan(long seed, int recordsPerCrash, int recordsPerCommand, int recordsPerCheckpoint) {
  private static final int RECORDS_PER_BAD_ONE = 1000;

  /** What a command asks for. */
  enum Command {
    NONE,
    RETRAIN_THESE_WEIGHTS,
    RETRAIN_FIRST_WEIGHTS
  }

  /** What a person asks for besides: another model to be served. */
  enum ServingCommand {
    NONE,
    PROMOTE,
    ROLL_BACK
  }

  /** Returns the number by which a record is held out. */
  long holdoutHash(int record) {
    return stream(0).bits(record);
  }

  boolean isBad(int record) {
    return stream(1).integer(record, RECORDS_PER_BAD_ONE) == 0;
  }

  /** Returns what is commanded before a record is read. */
  Command commandBefore(int record) {
    if (stream(2).integer(record, recordsPerCommand) != 0) {
      return Command.NONE;
    }
    return stream(3).integer(record, 4) == 0
        ? Command.RETRAIN_FIRST_WEIGHTS
        : Command.RETRAIN_THESE_WEIGHTS;
  }

  /** Returns the last command on what is served that comes before records of a stretch. */
  ServingCommand servingCommandBetween(int from, int to) {
    for (int record = to - 1; record >= from; record--) {
      if (stream(6).integer(record, recordsPerCommand) == 0) {
        return stream(7).integer(record, 2) == 0
            ? ServingCommand.PROMOTE
            : ServingCommand.ROLL_BACK;
      }
    }
    return ServingCommand.NONE;
  }

  /**
   * Returns whether the process dies now.
   *
   * @param moment counts on over crashes, so that the same record does not kill it again
   */
  boolean crashes(long moment) {
    return stream(4).integer(moment, recordsPerCrash) == 0;
  }

  /** Returns whether a checkpoint is due by the time, which is not the records' business. */
  boolean isCheckpointDue(long moment) {
    return stream(5).integer(moment, recordsPerCheckpoint) == 0;
  }

  private RandomStream stream(long purpose) {
    return RandomStream.of(seed, purpose);
  }
}
