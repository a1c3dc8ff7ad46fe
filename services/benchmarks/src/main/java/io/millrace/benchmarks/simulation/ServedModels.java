package io.millrace.benchmarks.simulation;

import io.millrace.benchmarks.drift.RecordedStream;
import io.millrace.learning.Inference;
import io.millrace.learning.Model;
import io.millrace.learning.ModelDefinition;
import io.millrace.learning.state.State;
import java.util.function.IntPredicate;

/**
 * Compares a model that comes to be served with the one before, as a client could: by predictions
 * for held-out records that came since the older one was served.
 */
final class ServedModels {
  private static final int NEWEST = 2000;
  private static final int FEWEST = 50;

  /** The gate's 1.64 standard errors, and room for rounding. */
  private static final double STANDARD_ERRORS = 1.8;

  private static final double SMALLEST_PROBABILITY = 1e-7;

  private final RecordedStream stream;
  private final ModelDefinition definition;
  private final Inference inference;
  private final IntPredicate heldOut;
  private final int[] records = new int[NEWEST];
  private final double[] difference = new double[NEWEST];
  private long compared;

  ServedModels(RecordedStream stream, ModelDefinition definition, IntPredicate heldOut) {
    this.stream = stream;
    this.definition = definition;
    this.heldOut = heldOut;
    this.inference = new Inference(definition, NEWEST);
  }

  long compared() {
    return compared;
  }

  /** Requires that newer weights are not surely worse on the records from one on to another. */
  void requireNotWorse(State older, State newer, int from, int to) {
    int count = collect(from, to);
    if (count < FEWEST) {
      return;
    }
    compared++;
    losses(older, count, 1);
    losses(newer, count, -1);
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
        mean >= -STANDARD_ERRORS * error,
        "before record %d a model is served whose loss is larger by %f, %.1f standard errors",
        to,
        -mean,
        -mean / error);
  }

  /** Collects the newest held-out records of a stretch. */
  private int collect(int from, int to) {
    int count = 0;
    for (int record = to - 1; record >= from && count < NEWEST; record--) {
      if (heldOut.test(record)) {
        records[count++] = record;
      }
    }
    return count;
  }

  /** Sets, or with the sign -1 subtracts, the loss of each record. */
  private void losses(State weights, int count, int sign) {
    inference.load(new Model(definition, weights));
    for (int i = 0; i < count; i++) {
      stream.write(records[i], inference.rows());
      inference.rows().advance();
    }
    inference.run();
    int classes = inference.outputWidth(0);
    for (int i = 0; i < count; i++) {
      double probability = inference.output(0)[i * classes + stream.label(records[i])];
      double loss = -Math.log(Math.max(SMALLEST_PROBABILITY, probability));
      difference[i] = sign > 0 ? loss : difference[i] - loss;
    }
  }
}
