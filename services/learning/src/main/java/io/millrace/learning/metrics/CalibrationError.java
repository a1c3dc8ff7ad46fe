package io.millrace.learning.metrics;

import io.millrace.learning.state.State;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The expected calibration error: the difference between the predicted probability of the predicted
 * class and the share of correct predictions, averaged over bins of equal width.
 *
 * <p>M. P. Naeini et al., "Obtaining Well Calibrated Probabilities Using Bayesian Binning", AAAI
 * 2015; C. Guo et al., "On Calibration of Modern Neural Networks", ICML 2017.
 */
final class CalibrationError implements Metric {
  private final OutputShape shape;
  private final double[] confidence;
  private final double[] right;
  private final double[] weight;

  CalibrationError(OutputShape shape, int bins) {
    this.shape = shape;
    this.confidence = new double[bins];
    this.right = new double[bins];
    this.weight = new double[bins];
  }

  @Override
  public void update(float[] predictions, float[] targets, float @Nullable [] weights, int rows) {
    for (int row = 0; row < rows; row++) {
      double rowWeight = weights == null ? 1 : weights[row];
      int predicted = shape.predictedClass(predictions, row);
      double probability = probability(predictions, row, predicted);
      int bin = bin(probability);
      confidence[bin] += rowWeight * probability;
      right[bin] += predicted == shape.actualClass(targets, row) ? rowWeight : 0;
      weight[bin] += rowWeight;
    }
  }

  private double probability(float[] predictions, int row, int predicted) {
    if (shape.isSingle()) {
      return predicted == 1 ? predictions[row] : 1 - predictions[row];
    }
    return predictions[row * shape.width() + predicted];
  }

  /** Returns the bin of a probability; each bin includes its upper bound. */
  private int bin(double probability) {
    int bin = (int) Math.ceil(probability * weight.length) - 1;
    return Math.max(0, Math.min(weight.length - 1, bin));
  }

  @Override
  public double value() {
    double distance = 0;
    for (int bin = 0; bin < weight.length; bin++) {
      distance += Math.abs(confidence[bin] - right[bin]);
    }
    return distance / Arrays.stream(weight).sum();
  }

  @Override
  public void reset() {
    Arrays.fill(confidence, 0);
    Arrays.fill(right, 0);
    Arrays.fill(weight, 0);
  }

  @Override
  public void save(State state) {
    state.put("confidence", confidence);
    state.put("right", right);
    state.put("weight", weight);
  }

  @Override
  public void restore(State state) {
    state.read("confidence", confidence);
    state.read("right", right);
    state.read("weight", weight);
  }
}
