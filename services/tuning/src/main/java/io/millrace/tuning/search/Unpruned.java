package io.millrace.tuning.search;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Every trial trains to its end. */
record Unpruned(int width) implements Pruner {
  @Override
  public int width(int generation) {
    return width;
  }

  @Override
  public List<Integer> rungs(int generation) {
    return List.of();
  }

  @Override
  public Set<Integer> promoted(
      int generation, int epochs, Map<Integer, Double> scores, List<FinishedTrial> earlier) {
    return scores.keySet();
  }
}
