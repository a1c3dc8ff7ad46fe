package io.millrace.cli.tune;

import io.millrace.cli.failures.CommandFailedException;
import io.millrace.cli.invocation.Configuration;
import io.millrace.cli.stretch.LoadedRecords;
import io.millrace.cli.terminal.Figures;
import io.millrace.tuning.data.Split;
import io.millrace.tuning.trials.Judging;
import io.millrace.tuning.trials.TrialModels;
import io.millrace.tuning.trials.TrialRules;
import java.util.List;

/** How records are split, in words. */
final class Splits {
  private Splits() {}

  /**
   * Splits records.
   *
   * @throws CommandFailedException if one side of a split is empty
   */
  static TrialRules rules(
      TrialModels models, LoadedRecords loaded, Judging judging, Configuration configuration) {
    List<Split> splits =
        judging.splitting().of(loaded.records(), configuration.trainer().learner().validation());
    if (!splits.stream().allMatch(Split::isUsable)) {
      throw new CommandFailedException(
          "%s records are too few to learn from some and to judge by others: search.validation is %s"
              .formatted(Figures.count(loaded.records().size()), words(judging)));
    }
    return new TrialRules(models, loaded.records(), splits, judging);
  }

  /** Returns how models are judged, in words. */
  static String words(Judging judging) {
    int parts = judging.splitting().parts();
    return switch (judging.splitting().kind()) {
      case HOLDOUT -> "the records that validation.holdout holds out";
      case KFOLD -> "each record once, in %d folds".formatted(parts);
      case ROLLING_ORIGIN ->
          parts == 1
              ? "the records that follow those learned"
              : "the records that follow those learned, from %d origins".formatted(parts);
    };
  }

  /** Returns how models are judged, and why, for the screen. */
  static List<String> lines(TrialRules rules) {
    Judging judging = rules.judging();
    String why =
        switch (judging.splitting().kind()) {
          case HOLDOUT -> "";
          case KFOLD -> "; records of a stream are better judged by rolling_origin";
          case ROLLING_ORIGIN ->
              ": a model of a stream meets records that are newer than all it has learned, and scores"
                  + " on older ones flatter it";
        };
    Split last = rules.splits().get(rules.splits().size() - 1);
    return List.of(
        "judged by " + words(judging) + why,
        "the last model learns from %s records and is judged by %s"
            .formatted(
                Figures.count(last.training().length), Figures.count(last.validation().length)));
  }
}
