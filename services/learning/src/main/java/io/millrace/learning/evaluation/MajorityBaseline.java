package io.millrace.learning.evaluation;

import io.millrace.learning.metrics.OutputShape;

/** Answers with the most frequent class, the first one if several are. Owned by one thread. */
final class MajorityBaseline extends WindowBaseline {
  private final OutputShape shape;
  private int majority;

  MajorityBaseline(OutputShape shape, String prefix, int capacity) {
    super(prefix + "accuracy", prefix + "majority_accuracy", capacity);
    this.shape = shape;
  }

  @Override
  void choose(RollingWindow window, int output, long from) {
    int[] frequencies = new int[Math.max(2, shape.width())];
    for (long number = from; number < window.end(); number++) {
      frequencies[shape.actualClass(window.targets(output), window.slot(number))]++;
    }
    majority = 0;
    for (int i = 1; i < frequencies.length; i++) {
      majority = frequencies[i] > frequencies[majority] ? i : majority;
    }
  }

  @Override
  double ownError(float[] targets, int row) {
    return shape.actualClass(targets, row) == majority ? 0 : 1;
  }

  @Override
  double modelError(float[] predictions, float[] targets, int row) {
    return shape.isPredicted(predictions, row, shape.actualClass(targets, row)) ? 0 : 1;
  }

  @Override
  double score(double meanError) {
    return 1 - meanError;
  }
}
