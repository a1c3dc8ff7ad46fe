package io.millrace.tuning.search;

import io.millrace.learning.random.RandomStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Bayesian search by densities: J. Bergstra et al., "Algorithms for Hyper-Parameter Optimization",
 * NeurIPS 2011. The details are those of S. Watanabe, "Tree-Structured Parzen Estimator:
 * Understanding Its Algorithm Components and Their Roles for Better Empirical Performance", 2023,
 * as in Optuna 5.
 *
 * <p>Earlier trials are divided into the best few and the others. Candidates are drawn from the
 * density l of the best; the one with the highest l/g, where g is the density of the others, is
 * tried. The first trials are drawn at random.
 *
 * <p>A trial that was given up counts among the others, behind all that trained to their end. So do
 * the proposals of the own generation, which keeps them apart from each other.
 */
final class TreeParzenEstimator implements Sampler {
  private static final Comparator<FinishedTrial> BEST_FIRST =
      Comparator.comparing(FinishedTrial::pruned)
          .thenComparingDouble(FinishedTrial::score)
          .thenComparingInt(FinishedTrial::number);

  private final SearchSpace space;
  private final RandomSampler beginning;
  private final RandomStream random;
  private final int startup;
  private final int candidates;

  /**
   * @param startup how many trials are drawn at random before densities mean anything
   * @param candidates how many trials are drawn from the density of the best
   */
  TreeParzenEstimator(SearchSpace space, long seed, int startup, int candidates) {
    this.space = space;
    this.beginning = new RandomSampler(space, seed);
    this.random = RandomStream.of(seed, 1);
    this.startup = startup;
    this.candidates = candidates;
  }

  @Override
  public Map<String, Object> ask(int number, List<FinishedTrial> earlier) {
    if (number < startup || earlier.isEmpty()) {
      return beginning.ask(number, earlier);
    }
    List<FinishedTrial> sorted = earlier.stream().sorted(BEST_FIRST).toList();
    int best = bestOf(sorted.size());
    JointDensity good = new JointDensity(space, byNumber(sorted.subList(0, best)));
    List<Map<String, Object>> others = byNumber(sorted.subList(best, sorted.size()));
    int first = earlier.get(earlier.size() - 1).number() + 1;
    for (int mate = first; mate < number; mate++) {
      others.add(mate < startup ? beginning.ask(mate, earlier) : likeliest(mate, good, others));
    }
    return likeliest(number, good, others);
  }

  /** Returns how many of so many trials are the best: a tenth, and 25 at most. */
  static int bestOf(int trials) {
    return Math.min((trials + 9) / 10, 25);
  }

  private Map<String, Object> likeliest(
      int number, JointDensity good, List<Map<String, Object>> others) {
    JointDensity bad = new JointDensity(space, others);
    RandomStream numbers = random.split(number);
    Map<String, Object> likeliest = Map.of();
    double highest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < candidates; i++) {
      Map<String, Object> values = good.draw(numbers.split(i));
      double ratio = good.logarithm(values) - bad.logarithm(values);
      if (ratio > highest) {
        likeliest = values;
        highest = ratio;
      }
    }
    return likeliest;
  }

  private static List<Map<String, Object>> byNumber(List<FinishedTrial> trials) {
    List<Map<String, Object>> values = new ArrayList<>();
    trials.stream()
        .sorted(Comparator.comparingInt(FinishedTrial::number))
        .forEach(trial -> values.add(trial.values()));
    return values;
  }
}
