package io.millrace.learning.evaluation;

import io.millrace.learning.model.ExampleBatch;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.model.Preprocessing;

/**
 * Answers with the mean of what the network sees of the records, for an output that reconstructs
 * it. Owned by one thread.
 */
final class ReconstructionBaseline extends MeanBaseline {
  private final Preprocessing preprocessing;
  private final ExampleBatch rows;
  private final float[][] seen;

  /**
   * @param width numbers of a row
   * @param preprocessing with the statistics of the weights that are measured
   */
  ReconstructionBaseline(
      int width,
      String prefix,
      int capacity,
      ModelDefinition definition,
      Preprocessing preprocessing) {
    super(width, prefix, capacity);
    this.preprocessing = preprocessing;
    rows = new ExampleBatch(capacity, definition.inputWidths(), definition.targetWidths());
    seen = definition.networkInputs(capacity);
  }

  @Override
  void choose(RollingWindow window, int output, long from) {
    for (long number = from; number < window.end(); number += rows.capacity()) {
      window.copyTo(rows, number, (int) Math.min(rows.capacity(), window.end() - number));
      preprocessing.apply(rows, seen);
      for (int row = 0; row < rows.size(); row++) {
        follow(rows.target(output), row, number - from + row + 1);
      }
    }
  }
}
