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

  /** Returns the sum of {@code length} probabilities, each clipped. */
  static double sumOfClipped(float[] probabilities, int from, int length) {
    double even = 0; // two sums, as an addition has to wait for the one before it
    double odd = 0;
    int end = from + length;
    for (int i = from; i < end - 1; i += 2) {
      even += clippedFloat(probabilities[i]);
      odd += clippedFloat(probabilities[i + 1]);
    }
    return even + odd + (length % 2 == 0 ? 0 : clippedFloat(probabilities[end - 1]));
  }

  private static float clippedFloat(float probability) {
    return probability < EPSILON ? EPSILON : probability > HIGHEST ? HIGHEST : probability;
  }

  /** Returns whether clipping leaves the value as it is: elsewhere its gradient is zero. */
  static boolean isInside(double probability) {
    return probability >= EPSILON && probability <= HIGHEST;
  }
}
