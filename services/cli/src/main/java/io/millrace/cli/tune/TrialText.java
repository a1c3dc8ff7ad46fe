package io.millrace.cli.tune;

import io.millrace.cli.terminal.Figures;
import io.millrace.cli.terminal.TextTable;
import io.millrace.tuning.trials.Monitor;
import io.millrace.tuning.trials.TrialResult;
import io.millrace.tuning.trials.TrialResult.Status;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Trials in words and as a table. */
final class TrialText {
  private static final int MOST_ROWS = 30;

  private final Monitor monitor;

  TrialText(Monitor monitor) {
    this.monitor = monitor;
  }

  /** Returns the trials from the best to the worst; equal ones by number. */
  List<TrialResult> sorted(List<TrialResult> results) {
    return results.stream()
        .sorted(
            Comparator.<TrialResult>comparingDouble(result -> monitor.loss(result.score()))
                .thenComparingInt(TrialResult::number))
        .toList();
  }

  /** Returns the best trial; empty if none has a score. */
  Optional<TrialResult> best(List<TrialResult> results) {
    return sorted(results).stream().filter(result -> !Double.isNaN(result.score())).findFirst();
  }

  /** Returns the best trials, and how many others there are. */
  List<String> table(List<TrialResult> results) {
    return table(results, MOST_ROWS);
  }

  /**
   * Returns the best trials, and how many others there are.
   *
   * @param most the most rows
   */
  List<String> table(List<TrialResult> results, int most) {
    Map<String, String> columns = columns(results);
    List<String> head = new ArrayList<>(List.of("trial"));
    head.addAll(columns.values());
    head.addAll(List.of(monitor.name(), "+-", "training", "epoch", ""));
    TextTable table = new TextTable(head.toArray(String[]::new));
    List<TrialResult> sorted = sorted(results);
    sorted.stream().limit(most).forEach(result -> table.row(row(result, columns.keySet())));
    List<String> lines = new ArrayList<>(table.lines());
    if (sorted.size() > most) {
      lines.add("and %d others, none better".formatted(sorted.size() - most));
    }
    return lines;
  }

  /** Returns a trial in one line. */
  String line(TrialResult result) {
    return result.status() == Status.FAILED
        ? "trial %d: failed: %s (%s)"
            .formatted(result.number(), result.reason().orElse(""), settings(result.settings()))
        : "trial %d: %s %s%s at epoch %d of %d%s (%s)"
            .formatted(
                result.number(),
                monitor.name(),
                Figures.rounded(result.score()),
                result.spread() > 0 ? " +- " + Figures.rounded(result.spread()) : "",
                result.bestEpoch(),
                result.epochs(),
                ending(result),
                settings(result.settings()));
  }

  /** Returns settings in one line, by the last part of their names. */
  static String settings(Map<String, Object> settings) {
    return settings.entrySet().stream()
        .map(entry -> shortName(entry.getKey()) + " " + value(entry.getValue()))
        .collect(Collectors.joining(", "));
  }

  private String[] row(TrialResult result, Set<String> keys) {
    List<String> cells = new ArrayList<>(List.of(String.valueOf(result.number())));
    keys.forEach(key -> cells.add(value(result.settings().getOrDefault(key, "-"))));
    boolean failed = result.status() == Status.FAILED;
    cells.add(failed ? "-" : Figures.rounded(result.score()));
    cells.add(result.spread() > 0 ? Figures.rounded(result.spread()) : "-");
    cells.add(failed ? "-" : Figures.rounded(result.trainingScore()));
    cells.add(failed ? "-" : result.bestEpoch() + "/" + result.epochs());
    cells.add(
        failed ? "failed: " + result.reason().orElse("") : ending(result).replaceFirst("^, ", ""));
    return cells.toArray(String[]::new);
  }

  private static String ending(TrialResult result) {
    return switch (result.status()) {
      case STOPPED -> ", stopped early";
      case PRUNED -> ", pruned";
      case DONE, FAILED -> "";
    };
  }

  /** Names are cut to their last part where that is not ambiguous. */
  private static Map<String, String> columns(List<TrialResult> results) {
    Set<String> keys = new LinkedHashSet<>();
    results.forEach(result -> keys.addAll(result.settings().keySet()));
    Map<String, String> columns = new LinkedHashMap<>();
    for (String key : keys) {
      boolean isUnique =
          keys.stream().filter(other -> shortName(other).equals(shortName(key))).count() == 1;
      columns.put(key, isUnique ? shortName(key) : key);
    }
    return columns;
  }

  private static String shortName(String key) {
    return key.substring(key.lastIndexOf('.') + 1);
  }

  private static String value(Object value) {
    return value instanceof Double number ? Figures.plain(number) : String.valueOf(value);
  }
}
