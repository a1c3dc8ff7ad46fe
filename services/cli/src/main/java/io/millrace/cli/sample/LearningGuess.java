package io.millrace.cli.sample;

import io.millrace.trainer.intake.Holdout;
import java.util.ArrayList;
import java.util.List;

/**
 * How the network is built and trained: what was measured to learn well from tables of that size,
 * without tuning (services/docs/your-data.md).
 *
 * @param units of the hidden layers
 * @param dropout the share of the last hidden layer that a step leaves out
 * @param holdout the share of the rows that judge
 * @param window how many of them judge together: all of a file
 * @param evaluateEvery rows trained between two evaluations
 * @param patience evaluations without improvement before training stops
 * @param significance standard errors that an improvement exceeds: few rows seldom show one
 * @param reduceAfter evaluations without improvement before the learning rate is halved
 */
record LearningGuess(
    List<Integer> units,
    double dropout,
    int batchSize,
    double learningRate,
    double holdout,
    int window,
    int evaluateEvery,
    int patience,
    int significance,
    int reduceAfter) {
  static final int EMBEDDING = 16;

  private static final long SMALL = 1000;
  private static final long LARGE = 10_000;
  private static final int MOST_WINDOW = 10_000;
  private static final int MOST_EVALUATED = 10_000;

  LearningGuess {
    units = List.copyOf(units);
  }

  static LearningGuess of(Analysis analysis) {
    long rows = analysis.sample().rows();
    double holdout = rows < SMALL ? 0.2 : 0.1;
    int trained = (int) Math.min(MOST_EVALUATED, Math.round(rows * (1 - holdout)));
    return new LearningGuess(
        rows < LARGE ? List.of(128) : List.of(128, 64),
        0.2,
        rows < SMALL ? 8 : 16,
        0.002,
        holdout,
        Math.max(10, (int) Math.min(MOST_WINDOW, heldOut(rows, holdout))),
        Math.max(20, trained / 2),
        20,
        rows < LARGE ? 0 : 1,
        6);
  }

  /** Returns how many numbers the first dense layer sees. */
  static int width(Analysis analysis) {
    List<FeatureGuess> plain = new ArrayList<>(analysis.features());
    plain.removeIf(feature -> feature.kind() == ColumnKind.TEXT || !feature.isUsed());
    int texts = analysis.used(ColumnKind.TEXT).size();
    return plain.stream().mapToInt(FeatureGuess::width).sum() + EMBEDDING * texts;
  }

  /** Counts the rows that are held out by their number, as {@code produce} keys them. */
  private static long heldOut(long rows, double holdout) {
    long heldOut = 0;
    for (long row = 1; row <= rows; row++) {
      heldOut += (Holdout.hashOf(String.valueOf(row)) >>> 11) * 0x1.0p-53 < holdout ? 1 : 0;
    }
    return heldOut;
  }
}
