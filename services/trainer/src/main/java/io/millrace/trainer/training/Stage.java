package io.millrace.trainer.training;

/** What the training thread spends its time on. */
public enum Stage {
  /** Waiting for records and fetching them. */
  POLLING,

  /** Turning records into rows of the mini-batch. */
  DECODING,

  /** Scoring, stepping and evaluating. */
  LEARNING,

  /** Taking and writing checkpoints. */
  PUBLISHING
}
