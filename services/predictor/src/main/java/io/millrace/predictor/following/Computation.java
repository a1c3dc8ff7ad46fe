package io.millrace.predictor.following;

import io.millrace.learning.model.ExampleBatch;

/**
 * What turns raw inputs into outputs: a version's network, or those of an ensemble. Belongs to the
 * inference thread from the moment in which it is published.
 */
public interface Computation {
  /** Returns where the raw inputs of the next run go; {@link #run} replaces them. */
  ExampleBatch rows();

  /** Computes the outputs of the rows that were taken, and clears them, even where it fails. */
  void run();

  /** Returns an output of the last run: {@code [rows, width]}, and maybe more, until the next. */
  float[] output(int index);
}
