package io.millrace.predictor.following;

import io.millrace.learning.model.ExampleBatch;

/**
 * Computes outputs from raw inputs: the network of one version, or those of an ensemble. Owned by
 * the inference thread once it is published.
 */
public interface Computation {
  /** Returns the batch that takes the raw inputs of the next run; {@link #run} clears it. */
  ExampleBatch rows();

  /** Computes the outputs of the rows in the batch and clears the batch, even on failure. */
  void run();

  /**
   * Returns an output of the last run, {@code [rows, width]}; the array may be longer. Valid until
   * the next run.
   */
  float[] output(int index);
}
