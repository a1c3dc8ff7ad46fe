package io.millrace.cli.tune;

import io.millrace.cli.terminal.Figures;
import io.millrace.learning.policies.Direction;
import io.millrace.tuning.trials.Judging;
import io.millrace.tuning.trials.Monitor;
import io.millrace.tuning.trials.TrialResult;
import java.util.ArrayList;
import java.util.List;

/** What training and validation scores, side by side, say about a model. */
final class Verdict {
  /** By how much of the training score the validation score may be worse. */
  private static final double GAP = 0.25;

  private static final double ALIKE = 0.1;

  /** Of scores that should be high a twentieth counts as a quarter. */
  private static final double SHARES = 5;

  private Verdict() {}

  /** Returns sentences about the best trial. */
  static List<String> of(TrialResult best, Judging judging) {
    Monitor monitor = judging.monitor();
    List<String> lines = new ArrayList<>();
    String scores =
        "%s is %s on records that were learned, and %s on records that were not"
            .formatted(
                monitor.plainName(),
                Figures.rounded(best.trainingScore()),
                Figures.rounded(best.score()));
    double gap = gap(best, monitor);
    if (gap > GAP) {
      lines.add(
          "Overfitting: " + scores + ". More records, dropout or a smaller network may help.");
    } else if (gap < ALIKE) {
      lines.add(
          "No overfitting: "
              + scores
              + ". If that is not good enough the model underfits: a larger network or more epochs"
              + " may help.");
    } else {
      lines.add("Little overfitting: " + scores + ".");
    }
    if (best.bestEpoch() == judging.epochs()) {
      lines.add("It was still improving in its last epoch: a higher search.epochs may find more.");
    }
    return lines;
  }

  /** Returns how much worse the validation score is, in shares of the training score. */
  private static double gap(TrialResult best, Monitor monitor) {
    if (monitor.direction() == Direction.MAX) {
      return (best.trainingScore() - best.score()) * SHARES; // most such scores end at 1
    }
    double size = Math.max(Math.abs(best.trainingScore()), Double.MIN_NORMAL);
    return (best.score() - best.trainingScore()) / size;
  }
}
