package io.millrace.cli.tune;

import io.millrace.checkpoints.DefinitionJson;
import io.millrace.cli.failures.CommandFailedException;
import io.millrace.cli.invocation.Configuration;
import io.millrace.cli.invocation.StopSignal;
import io.millrace.cli.stretch.LoadedRecords;
import io.millrace.cli.stretch.Stretch;
import io.millrace.cli.terminal.LiveDisplay;
import io.millrace.runtime.SettingsFile;
import io.millrace.tuning.trials.Journal;
import io.millrace.tuning.trials.Judging;
import io.millrace.tuning.trials.Search;
import io.millrace.tuning.trials.SearchSettings;
import io.millrace.tuning.trials.TrialModels;
import io.millrace.tuning.trials.TrialResult;
import io.millrace.tuning.trials.TrialRules;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The command {@code tune}: a search for the best settings. Confined to one thread. */
public final class Tuning {
  private final TuneOptions options;
  private final SearchSettings search;
  private final SettingsFile file;
  private final Configuration configuration;
  private final LiveDisplay display;
  private final TrialText text;
  private double seconds;

  private Tuning(
      TuneOptions options,
      SearchSettings search,
      SettingsFile file,
      Configuration configuration,
      LiveDisplay display) {
    this.options = options;
    this.search = search;
    this.file = file;
    this.configuration = configuration;
    this.display = display;
    this.text = new TrialText(search.judging().monitor());
  }

  /**
   * Searches and returns the exit code: 1 where no trial has a score.
   *
   * @param configuration what {@code file} holds
   */
  public static int run(
      TuneOptions options, SearchSettings search, SettingsFile file, Configuration configuration)
      throws IOException, InterruptedException {
    LiveDisplay display = options.display();
    TrialModels models = new TrialModels(file, configuration.definition());
    models.require(search.method().space(), search.judging().monitor());
    try (StopSignal stop = new StopSignal()) {
      return new Tuning(options, search, file, configuration, display).run(models, stop);
    }
  }

  private int run(TrialModels models, StopSignal stop) throws IOException, InterruptedException {
    EnsembleRun ensemble = new EnsembleRun(options, search.judging().splitting(), configuration);
    Optional<SearchFiles> files =
        options.output() == null
            ? Optional.empty()
            : Optional.of(SearchFiles.open(options.output(), options.resume()));
    Optional<Journal.Found> found = files.flatMap(SearchFiles::found);
    TrialRuns runs = runs();
    Stretch stretch =
        found.map(before -> options.stretch().again(before.head())).orElse(options.stretch());
    LoadedRecords loaded = stretch.read(configuration);
    display.print(loaded.lines());
    TrialRules rules = Splits.rules(models, loaded, search.judging(), configuration);
    display.print(Splits.lines(rules));
    List<TrialResult> known = found.map(Journal.Found::results).orElse(List.of());
    List<TrialResult> results;
    try (SearchPage page = page();
        Journal journal = files.isPresent() ? files.get().journal(head(loaded)) : null) {
      SearchWatch watch = new SearchWatch(shown(), journal, known, page, runs);
      results = search(rules, watch, stop);
    }
    List<TrialResult> scored =
        text.sorted(results).stream().filter(result -> !Double.isNaN(result.score())).toList();
    Optional<EnsembleText> together = ensemble.run(rules, scored, stop);
    return finish(loaded, results, together, stop.getAsBoolean());
  }

  private List<TrialResult> search(TrialRules rules, SearchWatch watch, StopSignal stop)
      throws InterruptedException {
    long begin = System.nanoTime();
    try (Search running = new Search(search, rules, options.threads(), watch, stop)) {
      running.resume(watch.known());
      return running.run();
    } finally {
      seconds = (System.nanoTime() - begin) / 1e9;
    }
  }

  private SearchDisplay shown() {
    Judging judging = search.judging();
    return new SearchDisplay(display, judging.monitor(), search.trials(), judging.epochs());
  }

  private @Nullable SearchPage page() throws IOException {
    if (options.page() == null) {
      return null;
    }
    SearchCharts charts = new SearchCharts(configuration.model(), search.judging().monitor());
    SearchPage page = new SearchPage(options.page(), charts, search.trials());
    display.print(List.of("the search as a page: " + page.address()));
    return page;
  }

  private @Nullable TrialRuns runs() throws IOException {
    if (options.tensorboard() == null) {
      return null;
    }
    TrialRuns runs = new TrialRuns(options.tensorboard(), search.judging().monitor());
    runs.requireFree(options.resume());
    return runs;
  }

  private int finish(
      LoadedRecords loaded,
      List<TrialResult> results,
      Optional<EnsembleText> together,
      boolean interrupted)
      throws IOException {
    Optional<TrialResult> best = text.best(results);
    if (interrupted) {
      display.print(List.of("", interrupted(results.size())));
    }
    if (best.isEmpty()) {
      display.print(text.table(results));
      throw new CommandFailedException(
          results.isEmpty() ? "no trial has ended" : "no trial has a score");
    }
    SearchReport report = new SearchReport(search, results, best.get(), together);
    if (options.output() != null) {
      Files.writeString(options.output(), report.settings(file));
      report.writeCharts(configuration.model(), options.output());
    }
    if (options.json()) {
      Map<String, Object> tree = report.json(configuration.model(), loaded);
      tree.put("seconds", seconds);
      System.out.println(DefinitionJson.write(tree));
    } else {
      display.print(report.lines(options.output()));
    }
    return 0;
  }

  private String interrupted(int ended) {
    String known = "interrupted: %d of %d trials have ended".formatted(ended, search.trials());
    return options.output() == null ? known : known + "; --resume goes on";
  }

  /** What two searches have to have in common for the trials of one to count in the other. */
  private Map<String, Object> head(LoadedRecords loaded) {
    Map<String, Object> head = new LinkedHashMap<>(loaded.position());
    head.put("settings", configuration.trainer().sha256());
    head.put("search", search.identity());
    head.put("records", loaded.records().sha256());
    return head;
  }
}
