package io.millrace.learning.evaluation;

import io.millrace.learning.metrics.OutputShape;
import io.millrace.learning.model.OutputSettings;
import io.millrace.learning.state.State;
import java.util.List;
import java.util.Map;

/**
 * How one output was predicted over the newest {@value RollingMeans#ROWS} scored records, beside
 * two predictors that need no model: the newest label known, and what labels have been lately (the
 * most frequent class, or the mean of numbers).
 *
 * <p>A stream whose labels come in runs is predicted well by its newest label, so that an accuracy
 * says little without that one beside it [1]. A mini-batch is predicted before any of its labels is
 * known; so are the baselines, else they would know more than the model did.
 *
 * <p>Classes are measured by accuracy, numbers by their mean absolute error. Owned by one thread.
 *
 * <p>[1] I. Žliobaitė, A. Bifet, J. Read, B. Pfahringer, G. Holmes, Evaluation methods and decision
 * theory for classification of streaming data with temporal dependence, Machine Learning 98, 2015.
 */
sealed interface Baselines permits ClassBaselines, NumberBaselines {

  /**
   * Returns those of an output.
   *
   * @param prefix of the scores' names
   */
  static Baselines of(OutputSettings output, OutputShape shape, String prefix) {
    return output.isClassification()
        ? new ClassBaselines(shape, prefix)
        : new NumberBaselines(shape.targetWidth(), prefix);
  }

  List<String> names();

  /** Measures the predictions for a mini-batch, and learns its labels after that. */
  void score(float[] predictions, float[] targets, int rows);

  /** Writes the means over the newest records under their names; nothing before the first. */
  void values(Map<String, Double> target);

  void save(State state);

  void restore(State state);
}
