package io.millrace.tuning.charts;

import java.util.ArrayList;
import java.util.List;

/** The scores of trials in their order, and the best so far. */
public final class HistoryChart {
  private HistoryChart() {}

  /**
   * Returns the SVG document. The axis of scores is logarithmic where they are positive and far
   * apart. Trials that failed are left out.
   *
   * @param score the name of the score
   * @param isLowestBest else the highest is
   */
  public static String svg(
      String title, String score, boolean isLowestBest, List<ChartedTrial> trials) {
    double[] numbers = trials.stream().mapToDouble(ChartedTrial::number).toArray();
    double[] best = best(trials, isLowestBest);
    double[] scores = trials.stream().mapToDouble(ChartedTrial::score).toArray();
    LineChart chart =
        new LineChart(title, Axis.linear("trial", numbers), Axis.fitting(score, scores));
    chart.line("best so far", numbers, best);
    dots(chart, "trained to its end", trials.stream().filter(t -> !t.pruned()).toList());
    dots(chart, "given up early", trials.stream().filter(ChartedTrial::pruned).toList());
    return chart.svg();
  }

  private static void dots(LineChart chart, String name, List<ChartedTrial> trials) {
    if (trials.isEmpty()) {
      return;
    }
    List<String> words = new ArrayList<>();
    trials.forEach(trial -> words.add(words(trial)));
    chart.dots(
        name,
        trials.stream().mapToDouble(ChartedTrial::number).toArray(),
        trials.stream().mapToDouble(ChartedTrial::score).toArray(),
        words);
  }

  /** Returns a trial in one line, as a pointer over it shows it. */
  static String words(ChartedTrial trial) {
    StringBuilder words = new StringBuilder();
    words.append("trial ").append(trial.number()).append(": ").append(Axis.label(trial.score()));
    trial
        .values()
        .forEach((name, value) -> words.append("\n").append(name).append(' ').append(value));
    return words.toString();
  }

  /** A trial that was given up early is never the best. */
  private static double[] best(List<ChartedTrial> trials, boolean isLowestBest) {
    double[] best = new double[trials.size()];
    double sign = isLowestBest ? 1 : -1;
    double lowest = Double.POSITIVE_INFINITY;
    for (int i = 0; i < best.length; i++) {
      ChartedTrial trial = trials.get(i);
      if (!trial.pruned() && sign * trial.score() < lowest) {
        lowest = sign * trial.score();
      }
      best[i] = sign * lowest;
    }
    return best;
  }
}
