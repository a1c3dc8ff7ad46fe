package io.millrace.learning.champion;

import io.millrace.learning.policies.PairedComparison;

/**
 * A decision of a {@link Gate}, and the comparison behind it.
 *
 * @param records how many held-out records were compared
 * @param improvement the mean of the served weights' loss minus that of the current weights; for
 *     {@link Outcome#ROLL_BACK}, of the predecessor's minus the champion's
 * @param standardError the standard error of that mean
 */
public record GateDecision(
    Outcome outcome, long records, double improvement, double standardError) {
  static final GateDecision ADVANCE = new GateDecision(Outcome.ADVANCE, 0, 0, 0);
  static final GateDecision STAY = new GateDecision(Outcome.STAY, 0, 0, 0);

  /** What happens to the current weights and the champion. */
  public enum Outcome {
    /** The current weights are served, because they are not worse. */
    ADVANCE,

    /** The champion stays. */
    STAY,

    /** The champion stays, because the current weights are worse. */
    VETO,

    /** The current weights are served, because they are better. */
    PROMOTE,

    /** The champion's predecessor is served again. */
    ROLL_BACK
  }

  static GateDecision of(Outcome outcome, long records, PairedComparison comparison) {
    return new GateDecision(outcome, records, comparison.improvement(), comparison.standardError());
  }
}
