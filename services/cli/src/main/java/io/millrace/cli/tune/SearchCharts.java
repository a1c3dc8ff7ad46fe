package io.millrace.cli.tune;

import io.millrace.learning.policies.Direction;
import io.millrace.tuning.charts.ChartedTrial;
import io.millrace.tuning.charts.HistoryChart;
import io.millrace.tuning.charts.ParallelCoordinates;
import io.millrace.tuning.trials.Monitor;
import io.millrace.tuning.trials.TrialResult;
import io.millrace.tuning.trials.TrialResult.Status;
import java.util.List;

/**
 * The charts of a search.
 *
 * @param model the model's name
 */
record SearchCharts(String model, Monitor monitor) {

  /** Returns the scores in the order of trials, as SVG. */
  String history(List<TrialResult> results) {
    return HistoryChart.svg("Trials of " + model, monitor.name(), isLowestBest(), charted(results));
  }

  /** Returns a line for each trial across its settings and its score, as SVG. */
  String coordinates(List<TrialResult> results) {
    return ParallelCoordinates.svg(
        "Settings of " + model, monitor.name(), isLowestBest(), charted(results));
  }

  private boolean isLowestBest() {
    return monitor.direction() == Direction.MIN;
  }

  private static List<ChartedTrial> charted(List<TrialResult> results) {
    return results.stream()
        .map(
            result ->
                new ChartedTrial(
                    result.number(),
                    result.settings(),
                    result.score(),
                    result.status() == Status.PRUNED))
        .toList();
  }
}
