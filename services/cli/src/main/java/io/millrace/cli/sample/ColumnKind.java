package io.millrace.cli.sample;

/** What a column holds, and so what it is good for. */
enum ColumnKind {
  /** Numbers. */
  NUMBER,

  /** Two names that say yes and no. */
  BOOLEAN,

  /** Names that come again. */
  CATEGORY,

  /** Points in time. */
  DATE,

  /** Sentences. */
  TEXT,

  /** Lists of numbers, all of one length. */
  VECTOR,

  /** A name or number of the row itself: it says nothing about the next one. */
  IDENTIFIER,

  /** One value in every row. */
  CONSTANT,

  /** No value in any row. */
  EMPTY;

  /** Returns whether the network can learn from such a column. */
  boolean isFeature() {
    return this != IDENTIFIER && this != CONSTANT && this != EMPTY;
  }
}
