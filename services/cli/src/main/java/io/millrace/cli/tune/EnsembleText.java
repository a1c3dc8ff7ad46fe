package io.millrace.cli.tune;

import io.millrace.cli.terminal.Figures;
import io.millrace.tuning.trials.Monitor;
import io.millrace.tuning.trials.TrialResult;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The best trials together.
 *
 * @param members from the best on
 * @param uniform the score where all count alike
 * @param weighted the score where better ones count more
 */
record EnsembleText(List<TrialResult> members, double uniform, double weighted) {
  EnsembleText {
    members = List.copyOf(members);
  }

  /** Returns the scores beside that of the best trial alone. */
  String line(Monitor monitor, TrialResult best) {
    return "ensemble of trials %s: %s %s, weighted by their scores %s; trial %d alone %s"
        .formatted(
            members.stream()
                .map(member -> String.valueOf(member.number()))
                .collect(Collectors.joining(", ")),
            monitor.name(),
            Figures.rounded(uniform),
            Figures.rounded(weighted),
            best.number(),
            Figures.rounded(best.score()));
  }

  /** Returns the scores for programs. */
  Map<String, Object> tree() {
    return Map.of(
        "trials",
        members.stream().map(TrialResult::number).toList(),
        "uniform",
        uniform,
        "weighted",
        weighted);
  }
}
