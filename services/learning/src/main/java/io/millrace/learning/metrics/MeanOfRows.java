package io.millrace.learning.metrics;

import io.millrace.learning.state.State;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/** A metric that is the mean of a score per row, or a function of that mean. */
final class MeanOfRows implements Metric {
  private final RowScore score;
  private final DoubleUnaryOperator finish;
  private final Mean mean = new Mean();

  /** The score of one row. */
  @FunctionalInterface
  interface RowScore {
    double of(float[] predictions, float[] targets, int row);
  }

  MeanOfRows(RowScore score) {
    this(score, mean -> mean);
  }

  MeanOfRows(RowScore score, DoubleUnaryOperator finish) {
    this.score = score;
    this.finish = finish;
  }

  @Override
  public void update(float[] predictions, float[] targets, float @Nullable [] weights, int rows) {
    for (int row = 0; row < rows; row++) {
      mean.add(score.of(predictions, targets, row), weights == null ? 1 : weights[row]);
    }
  }

  @Override
  public double value() {
    return finish.applyAsDouble(mean.value());
  }

  @Override
  public void reset() {
    mean.reset();
  }

  @Override
  public void save(State state) {
    mean.save(state);
  }

  @Override
  public void restore(State state) {
    mean.restore(state);
  }
}
