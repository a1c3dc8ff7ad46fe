package io.millrace.learning.optimizers;

/**
 * Clears numbers too small for the usual form of a float.
 *
 * <p>The running averages of a parameter whose gradient has become zero, such as that of a dead
 * unit or of a rare token, halve until they are subnormal, and stay so. Arithmetic on those is a
 * hundred times slower on many CPUs, while they count for nothing beside any optimizer's epsilon.
 */
final class Subnormals {
  /** A number that swallows subnormal ones when added, and leaves what is 2^48 times larger. */
  private static final float SWALLOWING = Float.MIN_NORMAL * (1 << 24);

  private Subnormals() {}

  /** Sets subnormal values to zero, without a branch, so that the loop vectorizes. */
  static void clear(float[][] vectors) {
    for (float[] vector : vectors) {
      for (int i = 0; i < vector.length; i++) {
        vector[i] = vector[i] + SWALLOWING - SWALLOWING;
      }
    }
  }
}
