package io.millrace.learning.evaluation;

import io.millrace.learning.metrics.OutputShape;
import io.millrace.learning.model.OutputSettings;
import io.millrace.learning.state.State;
import java.util.List;
import java.util.Map;

/**
 * The prequential scores of one output over the newest {@value RollingMeans#ROWS} records, beside
 * two predictors that need no model: the newest known label, and the recent labels' most frequent
 * class or mean.
 *
 * <p>If labels come in runs, the newest label is a good predictor, so an accuracy says little
 * without that baseline beside it [1]. The model predicts a mini-batch before any of its labels is
 * known. The baselines do the same, or they would know more than the model.
 *
 * <p>Classes are measured by accuracy, numbers by their mean absolute error. Owned by one thread.
 *
 * <p>[1] I. Žliobaitė, A. Bifet, J. Read, B. Pfahringer, G. Holmes, Evaluation methods and decision
 * theory for classification of streaming data with temporal dependence, Machine Learning 98, 2015.
 */
sealed interface Baselines permits ClassBaselines, NumberBaselines {

  /**
   * Returns the baselines of an output.
   *
   * @param prefix of the scores' names
   */
  static Baselines of(OutputSettings output, OutputShape shape, String prefix) {
    return output.isClassification()
        ? new ClassBaselines(shape, prefix)
        : new NumberBaselines(shape.targetWidth(), prefix);
  }

  List<String> names();

  /** Measures the predictions for a mini-batch, then learns its labels. */
  void score(float[] predictions, float[] targets, int rows);

  /**
   * Writes the means over the newest records under their names; nothing before the first record.
   */
  void values(Map<String, Double> target);

  void save(State state);

  void restore(State state);
}
