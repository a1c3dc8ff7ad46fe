package io.millrace.learning.evaluation;

import io.millrace.learning.metrics.OutputShape;
import io.millrace.learning.model.ExampleBatch;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.model.OutputSettings;
import io.millrace.learning.state.State;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Fading loss and metrics of records that were scored before they were trained on. A record scored
 * {@value #MEMORY} records ago weighs about a third (1/e) of one scored now [1]. Every output's
 * rolling score and its {@link Baselines} are reported beside them. Owned by one thread.
 *
 * <p>[1] J. Gama, R. Sebastião, P. P. Rodrigues, On evaluating stream learning algorithms, Machine
 * Learning 90, 2013.
 */
public final class Prequential implements Scorer {
  private static final double MEMORY = 1000;

  private final Scores scores;
  private final float[] lossPerRow;
  private final double[] values;
  private final double[] faded;
  private final double[] weights;
  private final List<Baselines> baselines;

  public Prequential(ModelDefinition definition, int batchCapacity) {
    scores = new Scores(definition, batchCapacity);
    lossPerRow = new float[batchCapacity];
    values = new double[scores.names().size()];
    faded = new double[values.length];
    weights = new double[values.length];
    baselines = baselines(definition);
  }

  /** Returns the names of all values of a model, including those not defined yet. */
  public static List<String> names(ModelDefinition definition) {
    List<String> names = new ArrayList<>(Scores.names(definition));
    baselines(definition).forEach(each -> names.addAll(each.names()));
    return List.copyOf(names);
  }

  @Override
  public void score(IntFunction<float[]> predictions, ExampleBatch batch) {
    scores.reset();
    scores.update(predictions, batch, lossPerRow);
    scores.values(values);
    double kept = Math.exp(-batch.size() / MEMORY);
    for (int i = 0; i < values.length; i++) {
      if (Double.isFinite(values[i])) {
        faded[i] = kept * faded[i] + (1 - kept) * values[i];
        weights[i] = kept * weights[i] + (1 - kept);
      }
    }
    for (int i = 0; i < baselines.size(); i++) { // an iterator would allocate
      baselines.get(i).score(predictions.apply(i), batch.target(i), batch.size());
    }
  }

  /** Returns the loss of every record of the last scored batch. */
  public float[] lossPerRow() {
    return lossPerRow;
  }

  /**
   * Returns the fading means and the baselines by Keras' names, without values that are not defined
   * yet.
   */
  public Map<String, Double> values() {
    Map<String, Double> result = new LinkedHashMap<>();
    for (int i = 0; i < faded.length; i++) {
      if (weights[i] > 0) {
        result.put(scores.names().get(i), faded[i] / weights[i]);
      }
    }
    baselines.forEach(each -> each.values(result));
    return result;
  }

  public void save(State state) {
    state.put("faded", faded);
    state.put("weights", weights);
    for (int i = 0; i < baselines.size(); i++) {
      baselines.get(i).save(state.child("baselines_" + i));
    }
  }

  public void restore(State state) {
    state.read("faded", faded);
    state.read("weights", weights);
    for (int i = 0; i < baselines.size(); i++) {
      baselines.get(i).restore(state.child("baselines_" + i));
    }
  }

  private static List<Baselines> baselines(ModelDefinition definition) {
    int[] widths = definition.outputWidths();
    int[] targetWidths = definition.targetWidths();
    List<Baselines> result = new ArrayList<>();
    for (int i = 0; i < widths.length; i++) {
      OutputSettings output = definition.outputs().get(i);
      String prefix = widths.length == 1 ? "" : output.name() + "_";
      result.add(Baselines.of(output, new OutputShape(widths[i], targetWidths[i]), prefix));
    }
    return result;
  }
}
