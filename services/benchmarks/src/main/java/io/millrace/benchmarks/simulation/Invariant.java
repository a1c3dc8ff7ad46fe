package io.millrace.benchmarks.simulation;

/** The invariants of every life of a trainer. */
enum Invariant {
  NO_RECORD_BOTH_TRAINED_AND_VALIDATED,

  /** A new record is processed once. A rewound one is trained once in each pass. */
  EVERY_RECORD_TRAINED_ONCE,

  /** Commands are answered in order. Each is executed once, or refused for a reason. */
  EVERY_COMMAND_DONE_ONCE,

  /** Every event is published once, with consecutive numbers, and so is every dead letter. */
  EVERY_EVENT_TOLD_ONCE,
  VERSION_NEVER_DECREASES,
  CHAMPION_NEVER_WORSE_THAN_GATE,

  /** The first version is served after enough trained records and an evaluation. */
  NOTHING_SERVED_BEFORE_IT_HAS_LEARNED,

  /** A champion that was chosen by a command stays until another command. */
  CHOSEN_CHAMPION_STAYS,
  RESUMED_RUN_EQUALS_UNINTERRUPTED_RUN;

  /**
   * Ends the simulation if the invariant does not hold.
   *
   * @throws IllegalStateException with a description of the violation
   */
  void require(boolean holds, String format, Object... values) {
    if (!holds) {
      throw new IllegalStateException(this + ": " + String.format(format, values));
    }
  }
}
