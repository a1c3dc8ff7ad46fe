package io.millrace.tuning.search;

import io.millrace.learning.random.RandomStream;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Bayesian search by densities: J. Bergstra et al., "Algorithms for Hyper-Parameter Optimization",
 * NeurIPS 2011; the details are those of S. Watanabe, "Tree-Structured Parzen Estimator:
 * Understanding Its Algorithm Components", 2023, as in Optuna.
 *
 * <p>Finished trials are divided into the best few and the others. For each parameter, values are
 * drawn from the density l of the best; the one with the highest l/g, where g is the density of the
 * others, is tried. A parameter that only some trials have, such as the width of a third layer,
 * learns from those. The first trials are drawn at random.
 *
 * <p>A trial that was given up counts among the others, behind all that trained to their end.
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
   * @param candidates how many values are drawn from the density of the best
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
    if (earlier.size() < startup) {
      return beginning.ask(number, earlier);
    }
    List<FinishedTrial> sorted = earlier.stream().sorted(BEST_FIRST).toList();
    int best = bestOf(sorted.size());
    List<FinishedTrial> good = byNumber(sorted.subList(0, best));
    List<FinishedTrial> others = byNumber(sorted.subList(best, sorted.size()));
    Map<String, Object> values = new LinkedHashMap<>();
    RandomStream numbers = random.split(number);
    for (int i = 0; i < space.parameters().size(); i++) {
      Parameter parameter = space.parameters().get(i);
      if (SearchSpace.isActive(parameter, values)) {
        values.put(parameter.name(), value(parameter, good, others, numbers.split(i)));
      }
    }
    return values;
  }

  /** A tenth, at most 25: more would blur what is good. */
  static int bestOf(int trials) {
    return Math.min((trials + 9) / 10, 25);
  }

  private Object value(
      Parameter parameter,
      List<FinishedTrial> good,
      List<FinishedTrial> others,
      RandomStream numbers) {
    Density l = Density.of(parameter, seen(parameter, good));
    Density g = Density.of(parameter, seen(parameter, others));
    double best = l.draw(numbers.split(0));
    double ratio = l.logarithm(best) - g.logarithm(best);
    for (int i = 1; i < candidates; i++) {
      double place = l.draw(numbers.split(i));
      double itsRatio = l.logarithm(place) - g.logarithm(place);
      if (itsRatio > ratio) {
        best = place;
        ratio = itsRatio;
      }
    }
    return parameter.at(best);
  }

  private static double[] seen(Parameter parameter, List<FinishedTrial> trials) {
    return trials.stream()
        .map(trial -> trial.values().get(parameter.name()))
        .filter(value -> value != null)
        .mapToDouble(parameter::place)
        .toArray();
  }

  private static List<FinishedTrial> byNumber(List<FinishedTrial> trials) {
    return trials.stream().sorted(Comparator.comparingInt(FinishedTrial::number)).toList();
  }
}
