package io.millrace.learning.losses;

import org.jspecify.annotations.Nullable;

/** Softmax of a row, shifted by the largest logit so that no exponential overflows. */
final class Softmax {
  private Softmax() {}

  /**
   * Writes the probabilities of a row, if {@code probabilities} is given.
   *
   * @return the logarithm of the sum of the exponentials
   */
  static double of(float[] logits, int row, int width, float @Nullable [] probabilities) {
    int from = row * width;
    double largest = largest(logits, from, width);
    double sum = 0;
    for (int i = from; i < from + width; i++) {
      double exponential = Math.exp(logits[i] - largest);
      sum += exponential;
      if (probabilities != null) {
        probabilities[i] = (float) exponential;
      }
    }
    if (probabilities != null) {
      for (int i = from; i < from + width; i++) {
        probabilities[i] = (float) (probabilities[i] / sum);
      }
    }
    return largest + Math.log(sum);
  }

  private static double largest(float[] logits, int from, int width) {
    double largest = logits[from];
    for (int i = from + 1; i < from + width; i++) {
      largest = Math.max(largest, logits[i]);
    }
    return largest;
  }
}
