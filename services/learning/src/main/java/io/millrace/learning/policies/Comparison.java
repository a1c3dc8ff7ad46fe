package io.millrace.learning.policies;

/** What the current weights are compared with. */
public enum Comparison {
  /**
   * The best weights, scored again on the records of today's window: the window moves, so an old
   * number was measured on other records.
   */
  PAIRED,
  /** The best number so far, as in Keras. */
  RECORDED
}
