package io.millrace.learning;

import io.millrace.learning.evaluation.ValidationSettings;

/**
 * The phase of a round of training.
 *
 * <pre>
 *              window filled               early stopped
 *   {@link #WARMING} ---------------&gt; {@link #TRAINING} ---------------&gt; {@link #CONVERGED}
 *      ^                            |                               |
 *      |                            | diverged too often            |
 *      |                            v                               |
 *      |                         {@link #FAILED}                    |
 *      +----------------------------+-------------------------------+
 *           command or schedule       also a drift, or so many records after the stop
 * </pre>
 */
public enum Phase {
  /** The validation window holds too few records for an evaluation; records are trained. */
  WARMING,

  /** Records are trained, and the model is evaluated at intervals. */
  TRAINING,

  /** Training stopped early with the best weights; records are only scored. */
  CONVERGED,

  /** The loss was not finite too often; the last good weights stay and nothing is trained. */
  FAILED;

  /** Returns the first phase of a round. */
  static Phase first(ValidationSettings validation) {
    return validation.holdout() > 0 ? WARMING : TRAINING;
  }

  /** Returns whether records are trained in this phase. */
  public boolean trains() {
    return this == WARMING || this == TRAINING;
  }
}
