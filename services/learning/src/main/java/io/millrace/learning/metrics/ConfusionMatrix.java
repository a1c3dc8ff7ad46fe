package io.millrace.learning.metrics;

import io.millrace.learning.state.State;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How often each class was predicted for each actual class; its value is the share on the diagonal.
 *
 * <p>A single prediction is the probability of class 1 of two.
 */
public final class ConfusionMatrix implements Metric {
  private final OutputShape shape;
  private final int classes;
  private final double[] counts; // [actual, predicted]

  ConfusionMatrix(OutputShape shape) {
    this.shape = shape;
    this.classes = Math.max(2, shape.width());
    this.counts = new double[classes * classes];
  }

  public int classes() {
    return classes;
  }

  /**
   * Returns the weight of the rows of class {@code actual} that were predicted as {@code
   * predicted}.
   */
  public double count(int actual, int predicted) {
    return counts[actual * classes + predicted];
  }

  @Override
  public void update(float[] predictions, float[] targets, float @Nullable [] weights, int rows) {
    for (int row = 0; row < rows; row++) {
      int actual = shape.actualClass(targets, row);
      int predicted = shape.predictedClass(predictions, row);
      counts[actual * classes + predicted] += weights == null ? 1 : weights[row];
    }
  }

  @Override
  public double value() {
    double right = 0;
    double all = 0;
    for (int i = 0; i < counts.length; i++) {
      right += i % (classes + 1) == 0 ? counts[i] : 0;
      all += counts[i];
    }
    return right / all;
  }

  @Override
  public void reset() {
    Arrays.fill(counts, 0);
  }

  @Override
  public void save(State state) {
    state.put("counts", counts);
  }

  @Override
  public void restore(State state) {
    state.read("counts", counts);
  }
}
