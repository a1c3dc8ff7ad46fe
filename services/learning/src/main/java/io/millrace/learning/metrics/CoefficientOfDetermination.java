package io.millrace.learning.metrics;

import io.millrace.learning.state.State;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * R2: the share of the targets' variance that the predictions explain. Always predicting the mean
 * gives 0. An output whose targets have no variance is not part of the mean, which is NaN if there
 * is no other output. (Keras has 0.)
 *
 * <p>The variance is updated as in D. H. D. West, "Updating Mean and Variance Estimates: An
 * Improved Method", 1979.
 */
final class CoefficientOfDetermination implements Metric {
  private final int width;
  private final boolean byVariance;
  private final double[] weight;
  private final double[] mean;
  private final double[] variation;
  private final double[] residue;

  /**
   * @param byVariance whether outputs are weighted by their variance, instead of equally
   */
  CoefficientOfDetermination(OutputShape shape, boolean byVariance) {
    this.width = shape.width();
    this.byVariance = byVariance;
    this.weight = new double[width];
    this.mean = new double[width];
    this.variation = new double[width];
    this.residue = new double[width];
  }

  @Override
  public void update(float[] predictions, float[] targets, float @Nullable [] weights, int rows) {
    for (int row = 0; row < rows; row++) {
      double rowWeight = weights == null ? 1 : weights[row];
      if (rowWeight == 0) {
        continue; // a first row of weight 0 would divide zero by zero
      }
      for (int column = 0; column < width; column++) {
        int i = row * width + column;
        add(column, predictions[i], targets[i], rowWeight);
      }
    }
  }

  private void add(int column, double prediction, double target, double rowWeight) {
    weight[column] += rowWeight;
    double difference = target - mean[column];
    mean[column] += difference * rowWeight / weight[column];
    variation[column] += rowWeight * difference * (target - mean[column]);
    residue[column] += rowWeight * (target - prediction) * (target - prediction);
  }

  @Override
  public double value() {
    Mean score = new Mean();
    for (int column = 0; column < width; column++) {
      if (variation[column] > 0) {
        double explained = 1 - residue[column] / variation[column];
        score.add(explained, byVariance ? variation[column] : 1);
      }
    }
    return score.value();
  }

  @Override
  public void reset() {
    Arrays.fill(weight, 0);
    Arrays.fill(mean, 0);
    Arrays.fill(variation, 0);
    Arrays.fill(residue, 0);
  }

  @Override
  public void save(State state) {
    state.put("weight", weight);
    state.put("mean", mean);
    state.put("variation", variation);
    state.put("residue", residue);
  }

  @Override
  public void restore(State state) {
    state.read("weight", weight);
    state.read("mean", mean);
    state.read("variation", variation);
    state.read("residue", residue);
  }
}
