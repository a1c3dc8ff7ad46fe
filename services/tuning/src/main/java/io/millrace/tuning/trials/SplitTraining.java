package io.millrace.tuning.trials;

import io.millrace.learning.Learner;
import io.millrace.learning.Phase;
import io.millrace.learning.evaluation.Evaluator;
import io.millrace.learning.evaluation.RollingWindow;
import io.millrace.learning.model.ExampleBatch;
import io.millrace.learning.model.Weights;
import io.millrace.learning.state.State;
import io.millrace.tuning.data.DecodedRecords;
import io.millrace.tuning.data.Split;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A learner that learns one split's training rows, epoch by epoch, until its score has not improved
 * for as many epochs as the search is patient. Its best epoch counts. Used by one thread at a time.
 */
final class SplitTraining {
  private static final int TOLD_EVERY = 256;
  private static final int LEAST_JUDGED = 1000;

  private final TrialModel model;
  private final DecodedRecords records;
  private final Split split;
  private final Judging judging;
  private final Learner learner;
  private final int[] order;
  private int epochs;
  private int bestEpoch;
  private double best = Double.NaN;
  private @Nullable State bestWeights;

  SplitTraining(TrialModel model, DecodedRecords records, Split split, Judging judging) {
    this.model = model;
    this.records = records;
    this.split = split;
    this.judging = judging;
    this.order = split.training().clone();
    learner = new Learner(model.definition(), model.inTrial(Math.max(1, split.validation().length)));
    for (int row : split.validation()) {
      read(row);
      learner.validate();
    }
  }

  /** Learns all training rows once, unless it has stopped. Half an epoch is not judged. */
  void epoch(BooleanSupplier interrupted) {
    if (hasStopped()) {
      return;
    }
    learn(interrupted);
    if (!interrupted.getAsBoolean() && !hasFailed()) {
      epochs++;
      judge();
    }
  }

  /** Returns whether it has been without a better score for too long. */
  boolean hasStopped() {
    return epochs - bestEpoch >= judging.patience();
  }

  /** Returns the best score so far; NaN if there is none. */
  double best() {
    return best;
  }

  /** Returns the epoch of the best score, from 1; 0 if there is none. */
  int bestEpoch() {
    return bestEpoch;
  }

  /** Returns whether the loss was not finite too often. */
  boolean hasFailed() {
    return learner.progress().phase() == Phase.FAILED;
  }

  /** Returns the weights of the best epoch; those of now if none has a score. */
  State bestWeights() {
    State weights = bestWeights;
    return weights == null ? learner.weights() : weights;
  }

  /**
   * Returns the best epoch's score on rows that were learned: on as many as judge the model, or
   * {@value #LEAST_JUDGED}, spread evenly; NaN if no epoch has a score.
   */
  double trainingScore() {
    State saved = bestWeights;
    if (saved == null) {
      return Double.NaN;
    }
    int rows = Math.min(split.training().length, Math.max(LEAST_JUDGED, split.validation().length));
    RollingWindow window = new RollingWindow(rows, records.inputWidths(), records.targetWidths());
    ExampleBatch one = new ExampleBatch(1, records.inputWidths(), records.targetWidths());
    for (int i = 0; i < rows; i++) {
      int row = split.training()[(int) ((long) i * split.training().length / rows)];
      records.copyRow(row, one, 0);
      window.add(one, 0);
    }
    Evaluator evaluator = new Evaluator(model.definition(), learner.engine().kernels());
    Weights weights = evaluator.newWeights(model.definition());
    weights.restore(saved);
    return evaluator
        .score(weights, window, 0, new float[rows])
        .getOrDefault(judging.monitor().name(), Double.NaN);
  }

  private void learn(BooleanSupplier interrupted) {
    judging.shuffling().shuffle(order, epochs);
    for (int i = 0; i < order.length; i++) {
      if (i % TOLD_EVERY == 0 && (interrupted.getAsBoolean() || hasFailed())) {
        break;
      }
      read(order[i]);
      learner.train();
    }
    learner.flush();
  }

  /** Where no row judges, the newest epoch is the best. */
  private void judge() {
    double score =
        learner.evaluateEarly()
            ? learner.progress().validation().getOrDefault(judging.monitor().name(), Double.NaN)
            : Double.NaN;
    if (split.validation().length == 0 || judging.monitor().isBetter(score, best)) {
      best = score;
      bestEpoch = epochs;
      bestWeights = learner.weights();
    }
  }

  private void read(int row) {
    records.copyRow(row, learner.batch(), learner.batch().size());
    learner.context().setTimeMillis(records.timeMillis(row));
  }
}
