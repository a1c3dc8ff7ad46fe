package io.millrace.benchmarks.simulation;

/** What holds in every life of a learner. */
enum Invariant {
  NO_RECORD_BOTH_TRAINED_AND_VALIDATED,
  EVERY_RECORD_TRAINED_ONCE,
  SEQUENCE_NEVER_DECREASES,
  CHAMPION_NEVER_WORSE_THAN_GATE,
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
