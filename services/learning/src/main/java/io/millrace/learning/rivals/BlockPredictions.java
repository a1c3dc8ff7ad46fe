package io.millrace.learning.rivals;

import io.millrace.learning.evaluation.Scorer;
import io.millrace.learning.model.ExampleBatch;
import io.millrace.learning.model.ModelDefinition;
import java.util.Arrays;
import java.util.function.IntFunction;

/** What one rival predicted for the records of a block, one mini-batch after the other. */
final class BlockPredictions implements Scorer, IntFunction<float[]> {
  private final int[] widths;
  private final float[][] values;
  private int rows;

  /**
   * @param block the most records
   */
  BlockPredictions(ModelDefinition definition, int block) {
    widths = definition.outputWidths();
    values =
        Arrays.stream(widths).mapToObj(width -> new float[block * width]).toArray(float[][]::new);
  }

  /** Begins a block. */
  void clear() {
    rows = 0;
  }

  /** Appends the predictions of the next mini-batch. */
  @Override
  public void score(IntFunction<float[]> predictions, ExampleBatch batch) {
    for (int i = 0; i < widths.length; i++) {
      int width = widths[i];
      System.arraycopy(predictions.apply(i), 0, values[i], rows * width, batch.size() * width);
    }
    rows += batch.size();
  }

  /** Returns the predictions of an output, {@code [rows, width]}. */
  @Override
  public float[] apply(int output) {
    return values[output];
  }

  boolean areFinite() {
    float sum = 0;
    for (int output = 0; output < widths.length; output++) {
      for (int i = 0; i < rows * widths[output]; i++) {
        sum += values[output][i] - values[output][i]; // 0 if finite, else NaN
      }
    }
    return sum == 0;
  }
}
