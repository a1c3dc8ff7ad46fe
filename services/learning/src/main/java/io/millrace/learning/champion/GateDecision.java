package io.millrace.learning.champion;

import io.millrace.learning.policies.PairedComparison;

/**
 * What a {@link Gate} decided, and from what.
 *
 * @param records how many held-out records were compared
 * @param improvement the mean of the served weights' loss minus that of the current weights; for
 *     {@link Outcome#ROLL_BACK}, of the predecessor's minus the champion's
 * @param standardError of that mean
 */
public record GateDecision(
    Outcome outcome, long records, double improvement, double standardError) {
  static final GateDecision ADVANCE = new GateDecision(Outcome.ADVANCE, 0, 0, 0);
  static final GateDecision STAY = new GateDecision(Outcome.STAY, 0, 0, 0);

  /** What becomes of the current weights and the champion. */
  public enum Outcome {
    /** The current weights are served, as they are not worse. */
    ADVANCE,

    /** The champion stays. */
    STAY,

    /** The champion stays, since the current weights are worse. */
    VETO,

    /** The current weights are served, as they are better. */
    PROMOTE,

    /** The champion's predecessor is served again. */
    ROLL_BACK
  }

  static GateDecision of(Outcome outcome, long records, PairedComparison comparison) {
    return new GateDecision(outcome, records, comparison.improvement(), comparison.standardError());
  }
}
