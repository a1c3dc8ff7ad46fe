package io.millrace.cli.tune;

import io.millrace.cli.stretch.LoadedRecords;
import io.millrace.runtime.SettingsFile;
import io.millrace.tuning.search.Importance;
import io.millrace.tuning.trials.Journal;
import io.millrace.tuning.trials.SearchSettings;
import io.millrace.tuning.trials.TrialResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What came of a search: for people, for programs, as charts and as settings. */
final class SearchReport {
  private final SearchSettings search;
  private final List<TrialResult> results;
  private final TrialResult best;
  private final Optional<EnsembleText> ensemble;
  private final TrialText text;

  SearchReport(
      SearchSettings search,
      List<TrialResult> results,
      TrialResult best,
      Optional<EnsembleText> ensemble) {
    this.search = search;
    this.results = List.copyOf(results);
    this.best = best;
    this.ensemble = ensemble;
    this.text = new TrialText(search.judging().monitor());
  }

  /**
   * Returns the screen.
   *
   * @param output where the settings were written; null for nowhere
   */
  List<String> lines(@Nullable Path output) {
    List<String> lines = new ArrayList<>(List.of(""));
    lines.addAll(text.table(results));
    lines.add("");
    Map<String, Double> importance = importance();
    if (!importance.isEmpty()) {
      lines.add("importance, of what one setting explains by itself: " + words(importance));
    }
    lines.addAll(Verdict.of(best, search.judging()));
    ensemble.ifPresent(together -> lines.addAll(together.lines()));
    lines.add("");
    lines.add("best: " + TrialText.settings(best.settings()));
    lines.add(
        output == null
            ? "--output best.yaml would write it as a settings file"
            : "wrote %s; %s beside it has the charts"
                .formatted(output, page(output).getFileName()));
    return lines;
  }

  /** Returns the result for programs. */
  Map<String, Object> json(String model, LoadedRecords loaded) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("model", model);
    tree.put("records", loaded.records().size());
    tree.put("rejected", loaded.records().rejections());
    tree.put("monitor", search.judging().monitor().name());
    tree.put("method", search.method().name());
    tree.put("trials", results.stream().map(Journal::tree).toList());
    tree.put("best", Journal.tree(best));
    tree.put("importance", importance());
    ensemble.ifPresent(together -> tree.put("ensemble", together.tree()));
    tree.put("verdict", Verdict.of(best, search.judging()));
    return tree;
  }

  /** Returns the best settings as a commented file. */
  String settings(SettingsFile given) {
    return BestSettings.yaml(
        given, best, search.judging().monitor().name(), Splits.words(search.judging()));
  }

  /** Writes the charts of all trials, and a page with all that is known, beside the settings. */
  void writeCharts(String model, Path output) throws IOException {
    SearchCharts charts = new SearchCharts(model, search.judging().monitor());
    String trials = charts.history(results);
    String settings = charts.coordinates(results);
    Files.writeString(history(output), trials);
    Files.writeString(coordinates(output), settings);
    Files.writeString(
        page(output),
        SearchHtml.of("The search for " + model, List.of(trials, settings), lines(output), false));
  }

  private Map<String, Double> importance() {
    return Importance.of(
        search.method().space(),
        results.stream().map(result -> result.finished(search.judging().monitor())).toList());
  }

  private static String words(Map<String, Double> importance) {
    return importance.entrySet().stream()
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .map(each -> String.format(Locale.ROOT, "%s %.2f", each.getKey(), each.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static Path history(Path output) {
    return output.resolveSibling(output.getFileName() + ".history.svg");
  }

  private static Path page(Path output) {
    return output.resolveSibling(output.getFileName() + ".html");
  }

  private static Path coordinates(Path output) {
    return output.resolveSibling(output.getFileName() + ".settings.svg");
  }
}
