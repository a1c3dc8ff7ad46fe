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

/**
 * A learner that learns one split's training rows, epoch by epoch. Used by one thread at a time.
 */
final class SplitTraining {
  private static final int TOLD_EVERY = 256;
  private static final int LEAST_JUDGED = 1000;

  private final TrialModel model;
  private final DecodedRecords records;
  private final Split split;
  private final Learner learner;
  private final int[] order;

  SplitTraining(TrialModel model, DecodedRecords records, Split split) {
    this.model = model;
    this.records = records;
    this.split = split;
    this.order = split.training().clone();
    int window = Math.max(1, split.validation().length);
    learner = new Learner(model.definition(), model.inTrial(window));
    for (int row : split.validation()) {
      read(row);
      learner.validate();
    }
  }

  /**
   * Learns all training rows once and returns the score of the validation rows.
   *
   * @param shuffling the random numbers of the rows' order
   * @return NaN if the model has no such score
   */
  double epoch(Monitor monitor, Shuffling shuffling, int epoch, BooleanSupplier stopped) {
    shuffling.shuffle(order, epoch);
    for (int i = 0; i < order.length; i++) {
      if (i % TOLD_EVERY == 0 && (stopped.getAsBoolean() || hasFailed())) {
        break;
      }
      read(order[i]);
      learner.train();
    }
    learner.flush();
    return learner.evaluateEarly() ? score(monitor) : Double.NaN;
  }

  /** Returns whether the loss was not finite too often. */
  boolean hasFailed() {
    return learner.progress().phase() == Phase.FAILED;
  }

  /** Returns the weights as of now. */
  State weights() {
    return learner.weights();
  }

  /**
   * Returns the score of weights on rows that were learned: on as many as judge the model, or
   * {@value #LEAST_JUDGED}, spread evenly.
   */
  double trainingScore(Monitor monitor, State saved) {
    int rows = Math.min(split.training().length, Math.max(LEAST_JUDGED, split.validation().length));
    RollingWindow window = new RollingWindow(rows, records.inputWidths(), records.targetWidths());
    ExampleBatch one = new ExampleBatch(1, records.inputWidths(), records.targetWidths());
    for (int i = 0; i < rows; i++) {
      int row = split.training()[(int) ((long) i * split.training().length / rows)];
      records.copyRow(row, one, 0);
      window.add(one, 0);
    }
    Evaluator evaluator = new Evaluator(model.definition(), learner.engine().kernels());
    Weights weights = new Weights(model.definition());
    weights.restore(saved);
    return evaluator
        .score(weights, window, 0, new float[rows])
        .getOrDefault(monitor.name(), Double.NaN);
  }

  private double score(Monitor monitor) {
    return learner.progress().validation().getOrDefault(monitor.name(), Double.NaN);
  }

  private void read(int row) {
    records.copyRow(row, learner.batch(), learner.batch().size());
    learner.context().setTimeMillis(records.timeMillis(row));
  }
}
