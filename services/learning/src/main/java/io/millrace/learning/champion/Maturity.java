package io.millrace.learning.champion;

import java.util.function.LongSupplier;

/**
 * Whether a model has learned enough for its first version to be served. Owned by the learner's
 * thread.
 *
 * @param beginsLearned whether training began with weights that had learned elsewhere
 * @param holdsOut whether records are held out at all, so that an evaluation is possible
 * @param trained how many records have been trained
 * @param evaluations how often the model has been evaluated
 */
public record Maturity(
    boolean beginsLearned, boolean holdsOut, LongSupplier trained, LongSupplier evaluations) {

  /** Returns whether a first version may be served. */
  boolean isReached(GateSettings settings) {
    return beginsLearned || (hasTrained(settings) && (!holdsOut || isEvaluated()));
  }

  /** Returns whether nothing but an evaluation is missing. */
  boolean lacksEvaluation(GateSettings settings) {
    return !isReached(settings) && hasTrained(settings);
  }

  private boolean hasTrained(GateSettings settings) {
    return trained.getAsLong() >= settings.minimumTrained();
  }

  private boolean isEvaluated() {
    return evaluations.getAsLong() > 0;
  }
}
