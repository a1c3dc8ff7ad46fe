package io.millrace.learning.losses;

/**
 * Keras' clipping of probabilities away from 0 and 1, which keeps their logarithm finite.
 *
 * <p>The bounds are single-precision numbers, like the network's: 1 - 1e-7 rounds to a value a
 * fifth further from 1, which shows in the loss of a saturated wrong prediction.
 */
final class Probability {
  static final float EPSILON = 1e-7f;
  private static final float HIGHEST = 1 - EPSILON;

  private Probability() {}

  static double clipped(double probability) {
    return Math.min(Math.max(probability, EPSILON), HIGHEST);
  }

  /**
   * Returns the sum of {@code length} clipped probabilities; NaN if one is not finite.
   *
   * <p>They are clipped as bit patterns, which have the same order for numbers from 0 on. Comparing
   * floating-point numbers would take an unpredictable branch each.
   */
  static double sumOfClipped(float[] probabilities, int from, int length) {
    var lowest = Float.floatToRawIntBits(EPSILON);
    var highest = Float.floatToRawIntBits(HIGHEST);
    double sum = 0;
    for (int i = from; i < from + length; i++) {
      float probability = probabilities[i];
      var bits = Math.min(Math.max(Float.floatToRawIntBits(probability), lowest), highest);
      sum += Float.intBitsToFloat(bits) + (probability - probability);
    }
    return sum;
  }

  /** Returns whether clipping leaves the value unchanged; otherwise its gradient is zero. */
  static boolean isInside(double probability) {
    return probability >= EPSILON && probability <= HIGHEST;
  }
}
