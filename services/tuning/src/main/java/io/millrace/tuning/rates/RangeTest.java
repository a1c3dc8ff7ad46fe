package io.millrace.tuning.rates;

import io.millrace.learning.LearnerSettings;
import io.millrace.learning.RateProbe;
import io.millrace.learning.model.ExampleBatch;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.tuning.data.DecodedRecords;
import io.millrace.tuning.rates.RangeCurve.End;
import java.util.Arrays;

/**
 * The learning-rate range test: a new network learns a few hundred steps at a rate that grows
 * exponentially, until its loss explodes.
 *
 * <p>L. N. Smith, "No More Pesky Learning Rate Guessing Games", 2015; A. Géron, "Hands-On Machine
 * Learning", chapter 11. Confined to one thread.
 */
public final class RangeTest {
  /** The smoothed loss remembers about a twenty-fifth of the steps, wherever they begin and end. */
  private static final double MEMORY = 1.0 / 25;

  private static final double EXPLODED = 4;

  private final RateRange range;
  private final DecodedRecords records;
  private final RateProbe probe;
  private final SmoothedLoss smooth;
  private final double[] rates;
  private final double[] losses;
  private final double[] smoothed;
  private int row;

  private RangeTest(
      RateRange range,
      DecodedRecords records,
      ModelDefinition definition,
      LearnerSettings settings) {
    this.range = range;
    this.records = records;
    this.probe = new RateProbe(definition, settings, range::rate);
    this.smooth = new SmoothedLoss(kept(range.steps()));
    this.rates = new double[range.steps()];
    this.losses = new double[range.steps()];
    this.smoothed = new double[range.steps()];
  }

  /**
   * Makes the test. Records are learned in order, and again from the first when they end.
   *
   * @param records at least one mini-batch
   */
  public static RangeCurve run(
      RateRange range,
      DecodedRecords records,
      ModelDefinition definition,
      LearnerSettings settings) {
    return new RangeTest(range, records, definition, settings).run();
  }

  private RangeCurve run() {
    double best = Double.POSITIVE_INFINITY;
    for (int step = 0; step < range.steps(); step++) {
      rates[step] = range.rate(step);
      losses[step] = loss();
      smoothed[step] = smooth.add(losses[step]);
      if (!Double.isFinite(losses[step])) {
        return curve(step + 1, End.NOT_FINITE);
      }
      best = Math.min(best, smoothed[step]);
      if (smoothed[step] > best + (EXPLODED - 1) * Math.abs(best)) { // some losses are negative
        return curve(step + 1, End.ROSE);
      }
    }
    return curve(range.steps(), End.LAST_STEP);
  }

  /** Returns the mean loss of the mini-batches of a step. */
  private double loss() {
    double sum = 0;
    for (int i = 0; i < probe.batchesPerStep(); i++) {
      fill(probe.batch());
      sum += probe.learn();
    }
    return sum / probe.batchesPerStep();
  }

  private void fill(ExampleBatch batch) {
    while (!batch.isFull()) {
      records.copyRow(row, batch, batch.size());
      batch.advance();
      row = (row + 1) % records.size();
    }
  }

  private RangeCurve curve(int steps, End end) {
    return new RangeCurve(
        range,
        Arrays.copyOf(rates, steps),
        Arrays.copyOf(losses, steps),
        Arrays.copyOf(smoothed, steps),
        end);
  }

  static double kept(int steps) {
    return 1 - 1 / Math.max(1, steps * MEMORY);
  }
}
