package io.millrace.learning.rivals;

/** How the answers of rivals are combined. */
public enum Combine {
  /** Weighted by their losses on the newest records, exponentially. */
  HEDGE,

  /** Only the one with the lowest loss on the newest records answers. */
  PICK,

  /** Equally. */
  AVERAGE
}
