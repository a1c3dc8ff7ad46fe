package io.millrace.learning.evaluation;

/** Answers with the mean, for each number of an output. Owned by one thread. */
sealed class MeanBaseline extends WindowBaseline permits ReconstructionBaseline {
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
    float[] targets = window.targets(output);
    for (long number = from; number < window.end(); number++) {
      follow(targets, window.slot(number), number - from + 1);
    }
  }

  /** Takes a row of targets into the mean, as number {@code count} of them. */
  final void follow(float[] targets, int row, long count) {
    double share = 1.0 / count;
    for (int i = 0; i < mean.length; i++) {
      mean[i] = count == 1 ? 0 : mean[i]; // forgets those before
      mean[i] += (targets[row * mean.length + i] - mean[i]) * share;
    }
  }

  @Override
  final double ownError(float[] targets, int row) {
    double sum = 0;
    for (int i = 0; i < mean.length; i++) {
      sum += Math.abs(targets[row * mean.length + i] - mean[i]);
    }
    return sum / mean.length;
  }

  @Override
  final double modelError(float[] predictions, float[] targets, int row) {
    double sum = 0;
    for (int i = row * mean.length; i < (row + 1) * mean.length; i++) {
      sum += Math.abs((double) predictions[i] - targets[i]);
    }
    return sum / mean.length;
  }

  @Override
  final double score(double meanError) {
    return meanError;
  }
}
