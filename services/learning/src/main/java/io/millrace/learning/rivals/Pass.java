package io.millrace.learning.rivals;

/** What rivals do with a block of records. */
public enum Pass {
  /** They score it, and learn from it. */
  SCORE_AND_LEARN,

  /** They only score it. */
  SCORE,

  /** They learn from it, having scored it before. */
  LEARN_AGAIN,

  /** They learn from it, statistics included, since it is read again. */
  RELEARN;

  /** Returns whether there are predictions after it. */
  public boolean scores() {
    return this == SCORE_AND_LEARN || this == SCORE;
  }
}
