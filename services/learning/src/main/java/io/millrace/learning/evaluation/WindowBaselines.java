package io.millrace.learning.evaluation;

import io.millrace.learning.metrics.OutputShape;
import io.millrace.learning.model.ExampleBatch;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.model.OutputSettings;
import io.millrace.learning.model.Preprocessing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** The {@link WindowBaseline} of every output. Owned by one thread. */
final class WindowBaselines {
  private final List<WindowBaseline> outputs = new ArrayList<>();

  /**
   * @param capacity the most rows of a batch
   * @param preprocessing with the statistics of the weights that are measured
   */
  WindowBaselines(ModelDefinition definition, int capacity, Preprocessing preprocessing) {
    int[] widths = definition.outputWidths();
    int[] targetWidths = definition.targetWidths();
    for (int i = 0; i < widths.length; i++) {
      OutputSettings output = definition.outputs().get(i);
      String prefix = widths.length == 1 ? "" : output.name() + "_";
      OutputShape shape = new OutputShape(widths[i], targetWidths[i]);
      outputs.add(
          output.isLabelled()
              ? WindowBaseline.of(output, shape, prefix, capacity)
              : new ReconstructionBaseline(widths[i], prefix, capacity, definition, preprocessing));
    }
  }

  /** Returns the names of a model's baselines. */
  static List<String> names(ModelDefinition definition) {
    return new WindowBaselines(definition, 1, new Preprocessing(definition))
        .outputs.stream().map(WindowBaseline::name).toList();
  }

  /** Begins to measure on the window's records from {@code from} on. */
  void begin(RollingWindow window, long from) {
    for (int i = 0; i < outputs.size(); i++) {
      outputs.get(i).begin(window, i, from);
    }
  }

  /** Adds the predictions for a batch of these records. */
  void update(IntFunction<float[]> predictions, ExampleBatch batch) {
    for (int i = 0; i < outputs.size(); i++) {
      outputs.get(i).update(predictions.apply(i), batch.target(i), batch.size());
    }
  }

  /** Writes the baselines' scores under their names, each name preceded by {@code prefix}. */
  void values(String prefix, Map<String, Double> target) {
    outputs.forEach(output -> target.put(prefix + output.name(), output.value()));
  }

  /**
   * Returns the model beside each baseline, by output.
   *
   * @param prefix of the scores' names
   */
  List<BaselineComparison> comparisons(String prefix) {
    return outputs.stream().map(output -> output.comparison(prefix)).toList();
  }
}
