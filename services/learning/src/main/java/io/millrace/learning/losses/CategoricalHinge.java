package io.millrace.learning.losses;

import org.jspecify.annotations.Nullable;

/** How far the best wrong class is from a margin of one below the correct class. */
record CategoricalHinge() implements Loss {

  @Override
  public int leastWidth() {
    return 2;
  }

  @Override
  public double row(
      float[] predictions, float[] targets, int row, int width, float @Nullable [] gradient) {
    int from = row * width;
    double right = 0;
    int wrong = from;
    for (int i = from; i < from + width; i++) {
      right += (double) targets[i] * predictions[i];
      wrong =
          offTarget(predictions, targets, i) > offTarget(predictions, targets, wrong) ? i : wrong;
    }
    double distance = offTarget(predictions, targets, wrong) - right + 1;
    if (gradient != null) {
      for (int i = from; i < from + width; i++) {
        gradient[i] = distance > 0 ? -targets[i] : 0;
      }
      gradient[wrong] += distance > 0 ? 1 - targets[wrong] : 0;
    }
    return Math.max(0, distance);
  }

  private static double offTarget(float[] predictions, float[] targets, int i) {
    return (1.0 - targets[i]) * predictions[i];
  }
}
