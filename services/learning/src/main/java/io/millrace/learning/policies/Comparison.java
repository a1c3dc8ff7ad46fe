package io.millrace.learning.policies;

/** What the current weights are compared with. */
public enum Comparison {
  /**
   * The best weights, scored again on the records of the current window. The window moves, so an
   * old score was measured on other records.
   */
  PAIRED,
  /** The best score so far, as in Keras. */
  RECORDED
}
