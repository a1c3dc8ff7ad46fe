package io.millrace.cli.tune;

import io.millrace.cli.terminal.Figures;
import io.millrace.tuning.trials.Monitor;
import io.millrace.tuning.trials.TrialResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Models that were taken together, for people and for programs.
 *
 * @param lines for the screen
 * @param tree for JSON
 */
record EnsembleText(List<String> lines, Map<String, Object> tree) {
  EnsembleText {
    lines = List.copyOf(lines);
  }

  /**
   * The best trials.
   *
   * @param members from the best on
   * @param uniform the score where all count alike
   * @param weighted the score where better ones count more
   */
  static EnsembleText ofTrials(
      Monitor monitor, List<TrialResult> members, double uniform, double weighted) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("trials", members.stream().map(TrialResult::number).toList());
    tree.put("uniform", uniform);
    tree.put("weighted", weighted);
    String line =
        "ensemble of trials %s: %s %s, weighted by their scores %s; trial %d alone %s"
            .formatted(
                members.stream()
                    .map(member -> String.valueOf(member.number()))
                    .collect(Collectors.joining(", ")),
                monitor.name(),
                Figures.rounded(uniform),
                Figures.rounded(weighted),
                members.get(0).number(),
                Figures.rounded(members.get(0).score()));
    return new EnsembleText(List.of(line), tree);
  }

  /** Too few trials for an ensemble. */
  static EnsembleText none() {
    return new EnsembleText(List.of("no ensemble: too few trials have a score"), Map.of());
  }

  /** The models of one trial's folds. Every record was learned by some of them. */
  static EnsembleText ofFolds(Monitor monitor, TrialResult trial, int folds) {
    String line =
        "ensemble of trial %d's %d folds: no record judges their mean, since each was learned by %d"
                .formatted(trial.number(), folds, folds - 1)
            + " of them; one alone has %s %s on average"
                .formatted(monitor.name(), Figures.rounded(trial.score()));
    return new EnsembleText(List.of(line), Map.of("trial", trial.number(), "folds", folds));
  }

  /** Returns this with what was published. */
  EnsembleText with(List<String> models, List<String> sentences) {
    List<String> more = new ArrayList<>(lines);
    more.addAll(sentences);
    Map<String, Object> published = new LinkedHashMap<>(tree);
    published.put("published", models);
    return new EnsembleText(more, published);
  }
}
