package io.millrace.learning;

import io.millrace.learning.metrics.OutputShape;
import io.millrace.learning.state.State;
import java.util.List;
import java.util.Map;

/**
 * How one output was predicted over the newest {@value #ROLLING} scored records, beside two
 * predictors that need no model: the newest label known, and what labels have been lately (the most
 * frequent class, or the mean of numbers).
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
final class Baselines {
  private static final int ROLLING = 1000;
  private static final int MODEL = 0;
  private static final int NO_CHANGE = 1;
  private static final int USUAL = 2;

  private final OutputShape shape;
  private final boolean isClassification;
  private final List<String> names;
  private final float[][] measured = new float[USUAL + 1][ROLLING];
  private final float[] newest;
  private final double[] usual;
  private long seen;

  /**
   * @param prefix of the scores' names
   */
  Baselines(OutputSettings output, OutputShape shape, String prefix) {
    this.shape = shape;
    isClassification = output.isClassification();
    newest = new float[shape.targetWidth()];
    usual = new double[isClassification ? Math.max(2, shape.width()) : shape.targetWidth()];
    names =
        isClassification
            ? List.of(
                prefix + "rolling_accuracy",
                prefix + "no_change_accuracy",
                prefix + "majority_accuracy")
            : List.of(
                prefix + "rolling_mean_absolute_error",
                prefix + "no_change_mean_absolute_error",
                prefix + "constant_mean_absolute_error");
  }

  List<String> names() {
    return names;
  }

  /** Measures the predictions for a mini-batch, and learns its labels after that. */
  void score(float[] predictions, float[] targets, int rows) {
    int majority = isClassification ? largest(usual) : 0;
    int last = isClassification ? shape.actualClass(newest, 0) : 0;
    for (int row = 0; row < rows; row++) {
      int slot = (int) ((seen + row) % ROLLING);
      if (isClassification) {
        int actual = shape.actualClass(targets, row);
        measured[MODEL][slot] = shape.predictedClass(predictions, row) == actual ? 1 : 0;
        measured[NO_CHANGE][slot] = last == actual ? 1 : 0;
        measured[USUAL][slot] = majority == actual ? 1 : 0;
      } else {
        measureErrors(predictions, targets, row, slot);
      }
    }
    for (int row = 0; row < rows; row++) {
      learn(targets, row);
    }
  }

  /** Writes the means over the newest records under their names; nothing before the first. */
  void values(Map<String, Double> target) {
    int rows = (int) Math.min(seen, ROLLING);
    for (int i = 0; i < measured.length && rows > 0; i++) {
      double sum = 0;
      for (int row = 0; row < rows; row++) {
        sum += measured[i][row];
      }
      if (Double.isFinite(sum)) {
        target.put(names.get(i), sum / rows);
      }
    }
  }

  void save(State state) {
    for (int i = 0; i < measured.length; i++) {
      state.put("measured_" + i, measured[i]);
    }
    state.put("newest", newest);
    state.put("usual", usual);
    state.put("seen", seen);
  }

  void restore(State state) {
    for (int i = 0; i < measured.length; i++) {
      state.read("measured_" + i, measured[i]);
    }
    state.read("newest", newest);
    state.read("usual", usual);
    seen = state.integer("seen");
  }

  private void measureErrors(float[] predictions, float[] targets, int row, int slot) {
    double model = 0;
    double noChange = 0;
    double constant = 0;
    for (int i = 0; i < newest.length; i++) {
      double actual = targets[row * newest.length + i];
      model += Math.abs(predictions[row * newest.length + i] - actual);
      noChange += Math.abs(newest[i] - actual);
      constant += Math.abs(usual[i] - actual);
    }
    measured[MODEL][slot] = (float) (model / newest.length);
    measured[NO_CHANGE][slot] = (float) (noChange / newest.length);
    measured[USUAL][slot] = (float) (constant / newest.length);
  }

  /** Counts a label, fading the ones before: the mean of numbers, or how frequent classes are. */
  private void learn(float[] targets, int row) {
    seen++;
    double share = 1.0 / Math.min(seen, ROLLING);
    int actual = isClassification ? shape.actualClass(targets, row) : -1;
    for (int i = 0; i < usual.length; i++) {
      double value = isClassification ? (i == actual ? 1 : 0) : targets[row * newest.length + i];
      usual[i] += (value - usual[i]) * share;
    }
    System.arraycopy(targets, row * newest.length, newest, 0, newest.length);
  }

  private static int largest(double[] values) {
    int largest = 0;
    for (int i = 1; i < values.length; i++) {
      largest = values[i] > values[largest] ? i : largest;
    }
    return largest;
  }
}
