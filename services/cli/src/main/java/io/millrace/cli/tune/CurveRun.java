package io.millrace.cli.tune;

import io.millrace.checkpoints.DefinitionJson;
import io.millrace.cli.failures.CommandFailedException;
import io.millrace.cli.invocation.Configuration;
import io.millrace.cli.invocation.StopSignal;
import io.millrace.cli.stretch.LoadedRecords;
import io.millrace.cli.terminal.Figures;
import io.millrace.cli.terminal.LiveDisplay;
import io.millrace.cli.terminal.TextTable;
import io.millrace.runtime.SettingsFile;
import io.millrace.settings.Section;
import io.millrace.tuning.trials.Journal;
import io.millrace.tuning.trials.Judging;
import io.millrace.tuning.trials.LearningCurve;
import io.millrace.tuning.trials.LearningCurve.Point;
import io.millrace.tuning.trials.Monitor;
import io.millrace.tuning.trials.SearchSettings;
import io.millrace.tuning.trials.TrialModels;
import io.millrace.tuning.trials.TrialResult;
import io.millrace.tuning.trials.TrialRules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The command {@code tune --learning-curve}: what more records would bring. */
public final class CurveRun {
  /** Below this share of a score, twice as many records bring nothing. */
  private static final double FLAT = 0.02;

  private CurveRun() {}

  /** Shows the curve and returns the exit code. */
  public static int run(TuneOptions options, SettingsFile file, Configuration configuration)
      throws InterruptedException {
    Judging judging =
        configuration
            .search()
            .map(SearchSettings::judging)
            .orElseGet(() -> Judging.read(Section.root(Map.of())));
    TrialModels models = new TrialModels(file, configuration.definition());
    models.require(judging.monitor());
    LiveDisplay display = options.display();
    LoadedRecords loaded = options.stretch().read(configuration);
    display.print(loaded.lines());
    TrialRules rules = Splits.rules(models, loaded, judging, configuration);
    display.print(Splits.lines(rules));
    try (StopSignal stop = new StopSignal()) {
      List<Point> points = LearningCurve.of(rules, options.threads(), stop);
      if (points.isEmpty()) {
        throw new CommandFailedException("interrupted before the first score");
      }
      if (options.json()) {
        System.out.println(DefinitionJson.write(Map.of("points", json(points))));
      } else {
        display.print(lines(points, judging));
      }
      return 0;
    }
  }

  private static List<String> lines(List<Point> points, Judging judging) {
    Monitor monitor = judging.monitor();
    TextTable table = new TextTable("records", "share", monitor.name(), "+-", "training", "epoch");
    for (Point point : points) {
      TrialResult result = point.result();
      table.row(
          Figures.count(point.records()),
          "%.0f %%".formatted(100 * point.share()),
          Figures.rounded(result.score()),
          result.spread() > 0 ? Figures.rounded(result.spread()) : "-",
          Figures.rounded(result.trainingScore()),
          result.bestEpoch() + "/" + result.epochs());
    }
    List<String> lines = new ArrayList<>(List.of(""));
    lines.addAll(table.lines());
    lines.add("");
    TrialResult last = points.get(points.size() - 1).result();
    if (points.size() > 1) {
      lines.add(trend(points.get(points.size() - 2).result(), last, monitor));
    }
    lines.addAll(Verdict.of(last, judging));
    return lines;
  }

  private static String trend(TrialResult half, TrialResult all, Monitor monitor) {
    double gain = monitor.loss(half.score()) - monitor.loss(all.score());
    double share = gain / Math.max(Math.abs(half.score()), Double.MIN_NORMAL);
    return share > FLAT
        ? "More records help: the last doubling made %s better by %.1f %%."
            .formatted(monitor.name(), 100 * share)
        : "More records would help little: the last doubling changed %s by %.1f %%."
            .formatted(monitor.name(), 100 * Math.abs(share));
  }

  private static List<Map<String, Object>> json(List<Point> points) {
    List<Map<String, Object>> trees = new ArrayList<>();
    for (Point point : points) {
      Map<String, Object> tree = new LinkedHashMap<>();
      tree.put("share", point.share());
      tree.put("records", point.records());
      tree.putAll(Journal.tree(point.result()));
      tree.remove("trial");
      trees.add(tree);
    }
    return trees;
  }
}
