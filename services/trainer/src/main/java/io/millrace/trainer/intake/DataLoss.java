package io.millrace.trainer.intake;

/** What a trainer does when its next records are no longer on the topic. */
public enum DataLoss {
  /** The trainer ends, and an operator decides. */
  FAIL,

  /** The trainer continues with the remaining records. It logs and counts the missing ones. */
  SKIP
}
