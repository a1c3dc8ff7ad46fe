package io.millrace.learning.evaluation;

import java.util.Arrays;

/** Answers with the mean, for each number of an output. Owned by one thread. */
final class MeanBaseline extends WindowBaseline {
  private final double[] mean;

  /**
   * @param width numbers of a row
   */
  MeanBaseline(int width, String prefix, int capacity) {
    super(prefix + "mean_absolute_error", prefix + "constant_mean_absolute_error", capacity);
    mean = new double[width];
  }

  @Override
  void choose(RollingWindow window, int output, long from) {
    Arrays.fill(mean, 0);
    float[] targets = window.targets(output);
    for (long number = from; number < window.end(); number++) {
      int start = window.slot(number) * mean.length;
      double share = 1.0 / (number - from + 1);
      for (int i = 0; i < mean.length; i++) {
        mean[i] += (targets[start + i] - mean[i]) * share;
      }
    }
  }

  @Override
  double ownError(float[] targets, int row) {
    double sum = 0;
    for (int i = 0; i < mean.length; i++) {
      sum += Math.abs(targets[row * mean.length + i] - mean[i]);
    }
    return sum / mean.length;
  }

  @Override
  double modelError(float[] predictions, float[] targets, int row) {
    double sum = 0;
    for (int i = row * mean.length; i < (row + 1) * mean.length; i++) {
      sum += Math.abs((double) predictions[i] - targets[i]);
    }
    return sum / mean.length;
  }

  @Override
  double score(double meanError) {
    return meanError;
  }
}
