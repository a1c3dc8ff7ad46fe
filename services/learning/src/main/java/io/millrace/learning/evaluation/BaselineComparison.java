package io.millrace.learning.evaluation;

import io.millrace.learning.policies.PairedComparison;

/**
 * A model beside a constant answer, on the same held-out records.
 *
 * @param score the model's score
 * @param baseline the score of the constant answer
 * @param difference of the errors, record by record
 * @param unbeatable whether the constant answer makes no error
 */
public record BaselineComparison(
    Score score, Score baseline, PairedComparison difference, boolean unbeatable) {

  /** A named score, such as {@code val_accuracy}. */
  public record Score(String name, double value) {}

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
