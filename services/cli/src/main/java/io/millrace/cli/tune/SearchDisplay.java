package io.millrace.cli.tune;

import io.millrace.cli.terminal.Figures;
import io.millrace.cli.terminal.LiveDisplay;
import io.millrace.tuning.trials.Monitor;
import io.millrace.tuning.trials.Search.Running;
import io.millrace.tuning.trials.TrialResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Shows a search while it runs: a live table on a terminal, a line for each trial elsewhere.
 * Confined to one thread.
 */
final class SearchDisplay {
  private static final long SHOW_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
  private static final int BEST = 8;

  private final LiveDisplay display;
  private final TrialText text;
  private final Monitor monitor;
  private final int trials;
  private final int epochs;
  private final long begin = System.nanoTime();
  private final List<TrialResult> ended = new ArrayList<>();
  private int known;
  private long shownAt;

  /**
   * @param trials how many there are, at most
   * @param epochs how many a trial has, at most
   */
  SearchDisplay(LiveDisplay display, Monitor monitor, int trials, int epochs) {
    this.display = display;
    this.text = new TrialText(monitor);
    this.monitor = monitor;
    this.trials = trials;
    this.epochs = epochs;
  }

  /** A trial was known before this search began. */
  void known(TrialResult result) {
    ended.add(result);
    known++;
  }

  /** A trial has ended. */
  void ended(TrialResult result) {
    ended.add(result);
    if (!display.isTerminal()) {
      String line = text.line(result) + best() + "; " + time(0);
      display.show(List.of(), line);
    }
  }

  /** Time has passed. */
  void running(List<Running> running) {
    long now = System.nanoTime();
    if (display.isTerminal() && now - shownAt > SHOW_NANOS) {
      shownAt = now;
      display.show(block(running), "");
    }
  }

  private List<String> block(List<Running> running) {
    List<String> lines = new ArrayList<>();
    double begun = running.stream().mapToDouble(trial -> (double) trial.epochs() / epochs).sum();
    lines.add("%d of %d trials, %s".formatted(ended.size(), trials, time(begun)));
    lines.add("");
    for (Running trial : running) {
      lines.add(
          "trial %d: epoch %d of %d, %s %s (%s)"
              .formatted(
                  trial.number(),
                  trial.epochs() + 1,
                  epochs,
                  monitor.name(),
                  Double.isNaN(trial.score()) ? "-" : Figures.rounded(trial.score()),
                  TrialText.settings(trial.settings())));
    }
    lines.add("");
    if (!ended.isEmpty()) {
      lines.addAll(text.table(ended, BEST));
    }
    return lines;
  }

  private String best() {
    return text.best(ended)
        .map(best -> "; best so far %s".formatted(Figures.rounded(best.score())))
        .orElse("");
  }

  /**
   * @param begun how many trials' worth of epochs running trials have learned
   */
  private String time(double begun) {
    double seconds = (System.nanoTime() - begin) / 1e9;
    double done = ended.size() - known + begun;
    double left = trials - ended.size() - begun;
    return done <= 0
        ? clock(seconds)
        : "%s, about %s left".formatted(clock(seconds), clock(seconds / done * Math.max(0, left)));
  }

  private static String clock(double seconds) {
    long whole = Math.round(seconds);
    return whole < 60
        ? whole + " s"
        : String.format(Locale.ROOT, "%d:%02d min", whole / 60, whole % 60);
  }
}
