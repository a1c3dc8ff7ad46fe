package io.millrace.learning.optimizers;

/**
 * Clears numbers too small for the usual form of a float.
 *
 * <p>The running averages of a parameter whose gradient has become zero, such as that of a dead
 * unit or of a rare token, halve until they are subnormal, and stay so. Arithmetic on those is a
 * hundred times slower on many CPUs, while they count for nothing beside any optimizer's epsilon.
 */
final class Subnormals {
  /**
   * A number that swallows those below 1e-30 when added, and leaves what is 2^48 times larger. What
   * it leaves stays normal until the next sweep, and so does its product with a learning rate.
   */
  private static final float SWALLOWING = 1e-30f * (1 << 24);

  /** Swallows what has a subnormal square, and changes nothing that counts beside an epsilon. */
  private static final float WITH_SUBNORMAL_SQUARE = 1e-19f * (1 << 24);

  private Subnormals() {}

  /** Returns the square of a gradient, zero where it would be subnormal. */
  static float square(float gradient) {
    float base = gradient + WITH_SUBNORMAL_SQUARE - WITH_SUBNORMAL_SQUARE;
    return base * base;
  }

  /**
   * Sets values of a range that are nearly subnormal to zero, without a branch, so that the loop
   * vectorizes.
   */
  static void clear(float[][] vectors, int first, int end) {
    for (float[] vector : vectors) {
      for (int i = first; i < end; i++) {
        vector[i] = vector[i] + SWALLOWING - SWALLOWING;
      }
    }
  }
}
