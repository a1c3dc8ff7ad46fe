package io.millrace.learning;

import io.millrace.learning.evaluation.ValidationSettings;

/**
 * Where a round of training stands.
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
  /** The validation window holds too few records to judge by; records are trained. */
  WARMING,

  /** Records are trained, and the model is judged every so many of them. */
  TRAINING,

  /** Early stopped with the best weights: records are scored, none is trained. */
  CONVERGED,

  /** The loss was not finite too often: the last good weights stay, nothing is trained. */
  FAILED;

  /** Returns the phase that a round begins in. */
  static Phase first(ValidationSettings validation) {
    return validation.holdout() > 0 ? WARMING : TRAINING;
  }

  /** Returns whether records of this phase are trained. */
  public boolean trains() {
    return this == WARMING || this == TRAINING;
  }
}
