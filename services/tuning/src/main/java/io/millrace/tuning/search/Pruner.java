package io.millrace.tuning.search;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Decides how many trials run together, and which of them are given up early.
 *
 * <p>All trials of a generation train to the first rung, a number of epochs; then {@link #promoted}
 * says which of them train on to the next rung. Those that pass the last rung train to the end. A
 * trial that stopped early by itself takes part with its best loss. Decisions are functions of the
 * generation and of earlier ones, so they are the same on any number of cores. Immutable.
 */
public interface Pruner {
  /** Returns how many trials generation {@code generation}, from 0, has. */
  int width(int generation);

  /** Returns after how many epochs the trials of a generation are judged, ascending. */
  List<Integer> rungs(int generation);

  /**
   * Returns the numbers of the trials that go on after a rung.
   *
   * @param epochs the rung
   * @param scores the lowest loss so far of each trial that reached the rung, by number
   * @param earlier the trials of all earlier generations
   */
  Set<Integer> promoted(
      int generation, int epochs, Map<Integer, Double> scores, List<FinishedTrial> earlier);
}
