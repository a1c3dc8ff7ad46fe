package io.millrace.learning.features;

/** What happens to a record without the field. */
public enum Missing {
  /** The record is rejected. */
  REJECT,

  /** The mean of the values seen replaces the value; for numbers only. */
  MEAN,

  /** A configured number replaces the value; for numbers only. */
  CONSTANT,

  /** The value counts as an unknown category, no tokens, or only zeros. */
  EMPTY;

  /** Returns whether a record without the field is taken. */
  public boolean isTaken() {
    return this != REJECT;
  }
}
