package io.millrace.cli.tryout;

import io.millrace.cli.predict.FileSummary;
import io.millrace.cli.scores.Headline;
import io.millrace.cli.scores.Score;
import io.millrace.cli.terminal.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What came of a try.
 *
 * @param options what was asked for
 * @param rows the rows of the file
 * @param passes how often they were learned from
 * @param converged whether training stopped early; otherwise after the most passes
 * @param validation the score of rows by models that have not learned from them
 * @param folds how many models that were; 1 where it is the served one
 * @param heldOut the served model's answers for the rows held out of its training
 * @param test its answers for the file that was kept apart, if there is one
 * @param seconds from the command's start
 */
record Outcome(
    TryOptions options,
    Rows rows,
    long passes,
    boolean converged,
    Score validation,
    int folds,
    FileSummary heldOut,
    Optional<FileSummary> test,
    double seconds) {
  private static final int CLASSES = 10;

  /** Returns 0 if the model is better than its baseline, otherwise 1. */
  int exitCode() {
    return validation.isBetterThanBaseline() ? 0 : 1;
  }

  /** Returns the screen. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(learned());
    if (rows.rejections().rows() > 0) {
      lines.add(
          "%s of %s rows cannot be used:"
              .formatted(Figures.count(rows.rejections().rows()), Figures.count(rows.all())));
      rows.rejections().lines().forEach(line -> lines.add("  " + line));
    }
    lines.add("");
    lines.add(judged());
    validation.lines().forEach(line -> lines.add("  " + line));
    lines.add("");
    validation.details(CLASSES).forEach(line -> lines.add("  " + line));
    test.ifPresent(summary -> lines.addAll(tested(summary)));
    return lines;
  }

  /** Returns the last line, for programs. */
  String line() {
    Headline headline = validation.headline();
    return String.format(
            Locale.ROOT,
            "try: rows=%d learned=%d validated=%d rejected=%d passes=%d folds=%d metric=%s"
                + " validation=%s baseline=%s",
            rows.all(),
            rows.usable() - rows.heldOut(),
            rows.heldOut(),
            rows.rejections().rows(),
            passes,
            folds,
            headline.metric(),
            decimal(headline.value()),
            decimal(headline.baseline()))
        + test.map(summary -> " test=" + decimal(summary.score().headline().value())).orElse("")
        + String.format(Locale.ROOT, " seconds=%.1f", seconds);
  }

  private String learned() {
    return "%s rows learned in %d passes, until %s; %s rows held out"
        .formatted(
            Figures.count(rows.usable() - rows.heldOut()),
            passes,
            converged ? "the held-out rows showed no gain" : "--passes said enough",
            Figures.count(rows.heldOut()));
  }

  private String judged() {
    return folds == 1
        ? "validation: the held-out rows, predicted by the served model over gRPC"
        : "validation: %s rows, each predicted by one of %d models that had not seen it, since %s"
                .formatted(Figures.count(validation.rows()), folds, Figures.count(rows.heldOut()))
            + " held-out rows say little";
  }

  private List<String> tested(FileSummary summary) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(
        "test: %s rows of %s, kept apart, predicted by the served model over gRPC"
            .formatted(Figures.count(summary.score().rows()), options.test()));
    summary.score().lines().forEach(line -> lines.add("  " + line));
    summary.skippedLines().stream()
        .filter(line -> !line.isEmpty())
        .forEach(line -> lines.add("  " + line));
    return lines;
  }

  private static String decimal(double value) {
    return Double.isNaN(value) ? "undefined" : String.format(Locale.ROOT, "%.4f", value);
  }
}
