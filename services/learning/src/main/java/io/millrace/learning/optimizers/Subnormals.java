package io.millrace.learning.optimizers;

/**
 * Clears subnormal numbers, which are too small for the normal form of a float.
 *
 * <p>If the gradient of a parameter becomes zero, as in a dead unit or for a rare token, its
 * running averages shrink until they are subnormal, and stay so. Arithmetic on subnormals is a
 * hundred times slower on many CPUs, while they are negligible beside any optimizer's epsilon.
 */
final class Subnormals {
  /**
   * Adding and subtracting this number rounds values below 1e-30 to zero and does not affect values
   * 2^48 times larger. The remaining values stay normal until the next sweep, and so do their
   * products with a learning rate.
   */
  private static final float SWALLOWING = 1e-30f * (1 << 24);

  /** Rounds values with a subnormal square to zero; the change is negligible beside an epsilon. */
  private static final float WITH_SUBNORMAL_SQUARE = 1e-19f * (1 << 24);

  private Subnormals() {}

  /** Returns the square of a gradient, or zero if it would be subnormal. */
  static float square(float gradient) {
    float base = gradient + WITH_SUBNORMAL_SQUARE - WITH_SUBNORMAL_SQUARE;
    return base * base;
  }

  /**
   * Sets nearly subnormal values of a range to zero, without a branch, so that the loop vectorizes.
   */
  static void clear(float[][] vectors, int first, int end) {
    for (float[] vector : vectors) {
      for (int i = first; i < end; i++) {
        vector[i] = vector[i] + SWALLOWING - SWALLOWING;
      }
    }
  }
}
