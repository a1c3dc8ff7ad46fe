package io.millrace.benchmarks.simulation;

/** What holds in every life of a trainer. */
enum Invariant {
  NO_RECORD_BOTH_TRAINED_AND_VALIDATED,

  /** New records are dealt with once, rewound ones are trained once in each pass of their round. */
  EVERY_RECORD_TRAINED_ONCE,

  /** Commands are answered in their order, carried out unless there is a reason, and once. */
  EVERY_COMMAND_DONE_ONCE,

  /** What happens is told once, under numbers without a gap; so are dead letters. */
  EVERY_EVENT_TOLD_ONCE,
  VERSION_NEVER_DECREASES,
  CHAMPION_NEVER_WORSE_THAN_GATE,

  /** What a person chose to be served stays until another command. */
  CHOSEN_CHAMPION_STAYS,
  RESUMED_RUN_EQUALS_UNINTERRUPTED_RUN;

  /**
   * Ends the simulation where the invariant does not hold.
   *
   * @throws IllegalStateException which says what happened
   */
  void require(boolean holds, String format, Object... values) {
    if (!holds) {
      throw new IllegalStateException(this + ": " + String.format(format, values));
    }
  }
}
