package io.millrace.learning.evaluation;

import io.millrace.learning.evaluation.BaselineComparison.Score;
import io.millrace.learning.metrics.OutputShape;
import io.millrace.learning.model.OutputSettings;

/**
 * The constant answer to all records of the validation window, for one output: their most frequent
 * class, or the mean of their numbers. It needs no model, and a model that is no better is of no
 * use.
 *
 * <p>Classes are measured by accuracy, numbers by their mean absolute error, as prequential {@link
 * Baselines} are. Updating allocates nothing. Owned by one thread.
 */
abstract sealed class WindowBaseline permits MajorityBaseline, MeanBaseline {
  private final String score;
  private final String name;
  private final float[] ownErrors;
  private final float[] modelErrors;
  private final PairedSum difference = new PairedSum();
  private double ownSum;
  private double modelSum;
  private long rows;

  /**
   * @param score the name of the score that is compared
   * @param name the name of the baseline's own score
   * @param capacity the most rows of a batch
   */
  WindowBaseline(String score, String name, int capacity) {
    this.score = score;
    this.name = name;
    ownErrors = new float[capacity];
    modelErrors = new float[capacity];
  }

  /**
   * Returns the baseline of an output with labels.
   *
   * @param prefix of the scores' names
   * @param capacity the most rows of a batch
   */
  static WindowBaseline of(OutputSettings output, OutputShape shape, String prefix, int capacity) {
    return output.isClassification()
        ? new MajorityBaseline(shape, prefix, capacity)
        : new MeanBaseline(shape.targetWidth(), prefix, capacity);
  }

  /** Returns the name of the baseline's score. */
  final String name() {
    return name;
  }

  /** Chooses the answer: by the output's targets of the window's records from {@code from} on. */
  abstract void choose(RollingWindow window, int output, long from);

  /** Returns the error of the answer in a row. */
  abstract double ownError(float[] targets, int row);

  /** Returns the error of the model in a row, in the same unit. */
  abstract double modelError(float[] predictions, float[] targets, int row);

  /** Returns the score that goes with a mean error. */
  abstract double score(double meanError);

  /** Begins to measure on the window's records from {@code from} on. */
  final void begin(RollingWindow window, int output, long from) {
    choose(window, output, from);
    difference.reset();
    ownSum = 0;
    modelSum = 0;
    rows = 0;
  }

  /** Adds a batch of the records. */
  final void update(float[] predictions, float[] targets, int count) {
    for (int row = 0; row < count; row++) {
      double own = ownError(targets, row);
      double model = modelError(predictions, targets, row);
      ownSum += own;
      modelSum += model;
      ownErrors[row] = (float) own;
      modelErrors[row] = (float) model;
    }
    rows += count;
    difference.add(ownErrors, modelErrors, count);
  }

  /** Returns the score of the answer. */
  final double value() {
    return score(ownSum / rows);
  }

  /**
   * Returns the model beside the answer.
   *
   * @param prefix of the scores' names
   */
  final BaselineComparison comparison(String prefix) {
    return new BaselineComparison(
        new Score(prefix + score, score(modelSum / rows)),
        new Score(prefix + name, value()),
        difference.comparison(),
        ownSum == 0);
  }
}
