package io.millrace.tuning.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How much of the differences between trials one parameter explains by itself.
 *
 * <p>The trials are divided by the parameter's value into groups of about equal size; the
 * importance is the share of the variance of their ranks that lies between the groups, less what
 * chance would give: the epsilon squared of T. L. Kelley, "An Unbiased Correlation Ratio Measure",
 * PNAS 21, 1935. It is from 0, nothing, to 1, all; what parameters do only together is in none of
 * them. Ranks, not losses, so that one trial that diverged does not decide.
 *
 * <p>A search that found good values tries them more often, which makes what matters look smaller:
 * the figures rank parameters, no more.
 */
public final class Importance {
  /** Fewer trials say nothing: chance alone would fill the table. */
  static final int FEWEST_TRIALS = 8;

  private static final int GROUP = 5;
  private static final int MOST_GROUPS = 8;

  private Importance() {}

  /**
   * Returns the importance of each parameter, in the space's order; an empty map for fewer than 8
   * trials. A trial without a parameter, such as the width of a layer it lacks, is left out of that
   * parameter's figure. Trials that were given up count with the loss that they had.
   */
  public static Map<String, Double> of(SearchSpace space, List<FinishedTrial> trials) {
    Map<String, Double> result = new LinkedHashMap<>();
    if (trials.size() >= FEWEST_TRIALS) {
      for (Parameter parameter : space.parameters()) {
        result.put(parameter.name(), of(parameter, trials));
      }
    }
    return result;
  }

  private static double of(Parameter parameter, List<FinishedTrial> trials) {
    List<FinishedTrial> byLoss =
        trials.stream()
            .filter(trial -> trial.values().containsKey(parameter.name()))
            .sorted(Comparator.comparingDouble(FinishedTrial::score))
            .toList();
    List<Ranked> ranked = new ArrayList<>();
    for (int i = 0; i < byLoss.size(); i++) {
      Object value = byLoss.get(i).values().get(parameter.name());
      if (value != null) {
        ranked.add(new Ranked(parameter.place(value), meanRank(byLoss, i)));
      }
    }
    ranked.sort(Comparator.comparingDouble(Ranked::place));
    return explained(ranked, groups(ranked));
  }

  /** Equal losses share their mean rank. */
  private static double meanRank(List<FinishedTrial> byLoss, int index) {
    double loss = byLoss.get(index).score();
    int first = index;
    int last = index;
    while (first > 0 && byLoss.get(first - 1).score() == loss) {
      first--;
    }
    while (last < byLoss.size() - 1 && byLoss.get(last + 1).score() == loss) {
      last++;
    }
    return (first + last) / 2.0;
  }

  /** Returns the ends of groups of neighbours; equal values are in one group. */
  private static List<Integer> groups(List<Ranked> ranked) {
    int size = Math.max(GROUP, (ranked.size() + MOST_GROUPS - 1) / MOST_GROUPS);
    List<Integer> ends = new ArrayList<>();
    int begin = 0;
    for (int i = 1; i < ranked.size(); i++) {
      boolean isNew = ranked.get(i).place() != ranked.get(i - 1).place();
      if (isNew && i - begin >= size && ranked.size() - i >= 2) {
        ends.add(i);
        begin = i;
      }
    }
    ends.add(ranked.size());
    return ends;
  }

  private static double explained(List<Ranked> ranked, List<Integer> ends) {
    int count = ranked.size();
    double mean = ranked.stream().mapToDouble(Ranked::rank).average().orElse(0);
    double total = 0;
    double within = 0;
    int begin = 0;
    for (int end : ends) {
      List<Ranked> group = ranked.subList(begin, end);
      double itsMean = group.stream().mapToDouble(Ranked::rank).average().orElse(0);
      for (Ranked trial : group) {
        total += (trial.rank() - mean) * (trial.rank() - mean);
        within += (trial.rank() - itsMean) * (trial.rank() - itsMean);
      }
      begin = end;
    }
    if (total == 0 || ends.size() < 2 || count <= ends.size()) {
      return 0;
    }
    return Math.max(0, 1 - within / (count - ends.size()) / (total / (count - 1)));
  }

  private record Ranked(double place, double rank) {}
}
