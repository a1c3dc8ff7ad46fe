package io.millrace.learning.features;

/** What becomes of a record without the field. */
public enum Missing {
  /** It is rejected. */
  REJECT,

  /** The mean of the values seen takes the value's place; of numbers only. */
  MEAN,

  /** A given number takes the value's place; of numbers only. */
  CONSTANT,

  /** It has an unknown category, no token, or zeros only. */
  EMPTY;

  boolean isTaken() {
    return this != REJECT;
  }
}
