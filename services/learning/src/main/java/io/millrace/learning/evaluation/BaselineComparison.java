package io.millrace.learning.evaluation;

import io.millrace.learning.policies.PairedComparison;

/**
 * A model beside a predictor that gives one answer to all records, on the same held-out records.
 *
 * @param score the name of the compared score, such as {@code accuracy}
 * @param value the model's score
 * @param baseline the score of the other predictor
 * @param difference of the errors, record by record
 * @param unbeatable whether the other predictor makes no error
 */
public record BaselineComparison(
    String score, double value, double baseline, PairedComparison difference, boolean unbeatable) {

  /**
   * Returns whether the model is better. Once it was not, it has to be better by a standard error,
   * so that chance does not change the answer back and forth.
   *
   * @param before the answer to the last comparison
   */
  public boolean isBetter(boolean before) {
    if (!difference.isMeasured()) {
      return before;
    }
    return difference.isImprovement(0, before ? 0 : 1)
        || (unbeatable && difference.improvement() == 0);
  }
}
