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

  /** Returns whether clipping leaves the value as it is: elsewhere its gradient is zero. */
  static boolean isInside(double probability) {
    return probability >= EPSILON && probability <= HIGHEST;
  }
}
