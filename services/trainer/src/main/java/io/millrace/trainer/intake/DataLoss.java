package io.millrace.trainer.intake;

/** What becomes of a trainer whose next records are no longer on their topic. */
public enum DataLoss {
  /** It ends, for somebody to decide. */
  FAIL,

  /** It goes on with the records that there are, and says and counts what it missed. */
  SKIP
}
