package io.millrace.learning.layers;

/** The mode in which a network runs. */
public enum Mode {
  /** Values are dropped, noise is added, and statistics are those of the batch. */
  TRAINING,
  /** The network applies what it has learned. */
  INFERENCE
}
