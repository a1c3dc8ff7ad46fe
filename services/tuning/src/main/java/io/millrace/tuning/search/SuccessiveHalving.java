package io.millrace.tuning.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * At each rung, the best {@code 1/eta} of all trials that have reached it go on: L. Li et al., "A
 * System for Massively Parallel Hyperparameter Tuning" (ASHA), MLSys 2020.
 *
 * <p>As in the paper, nobody waits for a rung to fill: a trial is compared with those that have
 * been there. Unlike in the paper, these are the trials of its own and of earlier generations, so
 * that decisions do not depend on who was faster, and nobody is promoted later. At least one trial
 * of a rung's first generation goes on.
 *
 * @param width how many trials a generation has
 * @param eta the share of trials that go on is one of {@code eta}
 * @param rungs after how many epochs trials are judged, ascending
 */
record SuccessiveHalving(int width, int eta, List<Integer> rungs) implements Pruner {

  /** Makes the rungs {@code first}, {@code first * eta} and so on, below {@code epochs}. */
  static SuccessiveHalving of(int width, int eta, int first, int epochs) {
    List<Integer> rungs = new ArrayList<>();
    for (long rung = first; rung < epochs; rung *= eta) {
      rungs.add((int) rung);
    }
    return new SuccessiveHalving(width, eta, List.copyOf(rungs));
  }

  @Override
  public int width(int generation) {
    return width;
  }

  @Override
  public List<Integer> rungs(int generation) {
    return rungs;
  }

  @Override
  public Set<Integer> promoted(
      int generation, int epochs, Map<Integer, Double> scores, List<FinishedTrial> earlier) {
    Stream<Judged> before =
        earlier.stream()
            .filter(trial -> trial.reached(epochs))
            .map(trial -> new Judged(trial.number(), trial.scoreAfter(epochs)));
    List<Judged> all = Stream.concat(before, judged(scores)).sorted(Judged.BEST_FIRST).toList();
    return all.stream()
        .limit(Math.max(1, all.size() / eta))
        .map(Judged::number)
        .filter(scores::containsKey)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<Judged> judged(Map<Integer, Double> scores) {
    return scores.entrySet().stream().map(e -> new Judged(e.getKey(), e.getValue()));
  }

  /** Returns the numbers of the best trials; of equal ones, the earlier. */
  static Set<Integer> best(Map<Integer, Double> scores, int count) {
    return judged(scores)
        .sorted(Judged.BEST_FIRST)
        .limit(count)
        .map(Judged::number)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** A trial at a rung. NaN sorts after all numbers. */
  private record Judged(int number, double score) {
    static final Comparator<Judged> BEST_FIRST =
        Comparator.comparingDouble(Judged::score).thenComparingInt(Judged::number);
  }
}
