package io.millrace.learning.evaluation;

import io.millrace.learning.model.ExampleBatch;
import java.util.function.IntFunction;

/** Receives predictions that were made before their records were learned. */
public interface Scorer {

  /**
   * Takes the predictions for a batch; they are valid during the call.
   *
   * @param predictions by output, in the units of its targets: at least {@code [rows, width]}
   */
  void score(IntFunction<float[]> predictions, ExampleBatch batch);
}
