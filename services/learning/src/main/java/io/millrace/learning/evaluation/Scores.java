package io.millrace.learning.evaluation;

import io.millrace.learning.metrics.OutputShape;
import io.millrace.learning.model.ExampleBatch;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.model.OutputSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Loss and metrics of predictions over any number of batches, by Keras' names: {@code loss} and
 * {@code accuracy} for one output, {@code age_loss} and so on for several.
 *
 * <p>Updating allocates nothing. Owned by one thread.
 */
public final class Scores {
  private final List<OutputScores> outputs = new ArrayList<>();
  private final List<String> names;
  private final float[] outputLoss;

  /**
   * @param capacity the most rows of a batch
   */
  public Scores(ModelDefinition definition, int capacity) {
    int[] widths = definition.outputWidths();
    int[] targetWidths = definition.targetWidths();
    for (int i = 0; i < widths.length; i++) {
      outputs.add(
          new OutputScores(
              definition.outputs().get(i), new OutputShape(widths[i], targetWidths[i])));
    }
    names = names(definition);
    outputLoss = new float[capacity];
  }

  /** Returns the names of a model's scores. */
  public static List<String> names(ModelDefinition definition) {
    List<String> names = new ArrayList<>(List.of("loss"));
    boolean isSingle = definition.outputs().size() == 1;
    for (OutputSettings output : definition.outputs()) {
      if (!isSingle) {
        names.add(output.name() + "_loss");
      }
      String prefix = isSingle ? "" : output.name() + "_";
      output.metrics().forEach(metric -> names.add(prefix + metric.name()));
    }
    return List.copyOf(names);
  }

  /**
   * Adds a batch.
   *
   * @param predictions the network's outputs by index, {@code [rows, width]} each
   * @param lossPerRow receives the total loss of every row
   */
  public void update(IntFunction<float[]> predictions, ExampleBatch batch, float[] lossPerRow) {
    Arrays.fill(lossPerRow, 0, batch.size(), 0);
    for (int i = 0; i < outputs.size(); i++) {
      OutputScores output = outputs.get(i);
      output.update(predictions.apply(i), batch.target(i), batch, outputLoss);
      float weight = (float) output.lossWeight();
      for (int row = 0; row < batch.size(); row++) {
        lossPerRow[row] += weight * outputLoss[row];
      }
    }
  }

  public List<String> names() {
    return names;
  }

  /** Writes the values since the last reset, in the order of the names. */
  void values(double[] target) {
    int next = 1;
    target[0] = 0;
    for (int i = 0; i < outputs.size(); i++) { // an iterator would be an object for each step
      OutputScores output = outputs.get(i);
      target[0] += output.lossWeight() * output.loss();
      if (outputs.size() > 1) {
        target[next++] = output.loss();
      }
      next = output.metrics(target, next);
    }
  }

  /** Returns the values since the last reset by name, each name preceded by {@code prefix}. */
  public Map<String, Double> values(String prefix) {
    double[] values = new double[names.size()];
    values(values);
    Map<String, Double> result = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i++) {
      result.put(prefix + names.get(i), values[i]);
    }
    return result;
  }

  void reset() {
    outputs.forEach(OutputScores::reset);
  }
}
