package io.millrace.benchmarks.simulation;

import io.millrace.benchmarks.drift.RecordedStream;
import io.millrace.learning.model.Inference;
import io.millrace.learning.model.Model;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.state.State;

/**
 * Compares a newly served model with the previous one, as a client could: by predictions for
 * held-out records.
 */
final class ServedModels {
  private static final int NEWEST = 2000;
  private static final int FEWEST = 50;

  /** The gate uses 1.64 standard errors. The rest is tolerance for rounding. */
  private static final double VETO = -1.8;

  private static final double PROMOTION = 1.5;
  private static final double SMALLEST_PROBABILITY = 1e-7;

  private final RecordedStream stream;
  private final ModelDefinition definition;
  private final Inference inference;
  private final double[] difference = new double[NEWEST];
  private long compared;

  ServedModels(RecordedStream stream, ModelDefinition definition) {
    this.stream = stream;
    this.definition = definition;
    this.inference = new Inference(definition, NEWEST);
  }

  long compared() {
    return compared;
  }

  /**
   * Requires that newer weights of the learner are not significantly worse.
   *
   * @param heldOut the held-out records, of which {@code [from, to)} are compared
   */
  void requireNotWorse(State older, State newer, int[] heldOut, int from, int to) {
    require(VETO, older, newer, heldOut, from, to);
  }

  /** Requires that a challenger is significantly better. */
  void requireBetter(State older, State newer, int[] heldOut, int from, int to) {
    Invariant.CHAMPION_NEVER_WORSE_THAN_GATE.require(
        to - from >= FEWEST, "a challenger is served after %d records", to - from);
    require(PROMOTION, older, newer, heldOut, from, to);
  }

  private void require(
      double leastErrors, State older, State newer, int[] heldOut, int from, int to) {
    int first = Math.max(from, to - NEWEST);
    int count = to - first;
    if (count < FEWEST) {
      return;
    }
    compared++;
    losses(older, heldOut, first, count, 1);
    losses(newer, heldOut, first, count, -1);
    double mean = 0;
    for (int i = 0; i < count; i++) {
      mean += difference[i] / count;
    }
    double squares = 0;
    for (int i = 0; i < count; i++) {
      squares += (difference[i] - mean) * (difference[i] - mean);
    }
    double error = Math.sqrt(squares / (count - 1) / count);
    Invariant.CHAMPION_NEVER_WORSE_THAN_GATE.require(
        mean >= leastErrors * error,
        "after %d held-out records a model is served that is better by %f, %.1f standard errors",
        to,
        mean,
        mean / error);
  }

  /** Sets the loss of each record, or subtracts it if {@code sign} is -1. */
  private void losses(State weights, int[] heldOut, int first, int count, int sign) {
    inference.load(new Model(definition, weights));
    for (int i = 0; i < count; i++) {
      stream.write(heldOut[first + i], inference.rows());
      inference.rows().advance();
    }
    inference.run();
    int classes = inference.outputWidth(0);
    for (int i = 0; i < count; i++) {
      double probability = inference.output(0)[i * classes + stream.label(heldOut[first + i])];
      double loss = -Math.log(Math.max(SMALLEST_PROBABILITY, probability));
      difference[i] = sign > 0 ? loss : difference[i] - loss;
    }
  }
}
