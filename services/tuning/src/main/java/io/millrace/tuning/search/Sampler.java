package io.millrace.tuning.search;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Proposes what is tried next.
 *
 * <p>A proposal is a function of the seed, the trial's number and the trials of earlier
 * generations. Trials of one generation are proposed together, so which of them ends first, and on
 * how many cores they run, changes nothing. Immutable, so threads may share it.
 */
public interface Sampler {
  /**
   * Returns the values of a trial by the names of the active parameters, in the space's order.
   *
   * @param number the trial's number, from 0
   * @param earlier the trials of all earlier generations, by ascending number
   */
  Map<String, Object> ask(int number, List<FinishedTrial> earlier);

  /** Returns how many trials there are to propose; empty where there is no end. */
  default OptionalInt limit() {
    return OptionalInt.empty();
  }
}
