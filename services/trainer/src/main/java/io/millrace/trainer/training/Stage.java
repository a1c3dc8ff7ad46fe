package io.millrace.trainer.training;

/** The activities of the training thread, for measuring time. */
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
