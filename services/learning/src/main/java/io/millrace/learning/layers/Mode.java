package io.millrace.learning.layers;

/** In which way a network runs. */
public enum Mode {
  /** Values are dropped, noise is added, and statistics are those of the batch. */
  TRAINING,
  /** The network computes what it has learned. */
  INFERENCE
}
