package io.millrace.learning.losses;

/**
 * Keras' way of keeping a probability off 0 and 1, so that its logarithm is finite.
 *
 * <p>The bounds are numbers of the type the network computes in: 1 - 1e-7 rounds to a value a fifth
 * further from 1, and the loss of a saturated wrong prediction shows it.
 */
final class Probability {
  static final float EPSILON = 1e-7f;
  private static final float HIGHEST = 1 - EPSILON;

  private Probability() {}

  static double clipped(double probability) {
    return Math.min(Math.max(probability, EPSILON), HIGHEST);
  }

  /**
   * Returns the sum of {@code length} probabilities, each clipped; NaN where one is not finite.
   *
   * <p>They are clipped as the bits that they are, which for numbers from 0 on have the same order:
   * comparing floating-point numbers takes a branch each, and which way one goes nobody foresees.
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

  /** Returns whether clipping leaves the value as it is: elsewhere its gradient is zero. */
  static boolean isInside(double probability) {
    return probability >= EPSILON && probability <= HIGHEST;
  }
}
