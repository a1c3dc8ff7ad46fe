package io.millrace.predictor.predictionlog;

/** Pseudorandom numbers in [0, 1) that are always the same for the same id. */
public final class Sampling {
  private static final double UNIT = 0x1p-53;

  private Sampling() {}

  /**
   * Returns the number of an id.
   *
   * @param purpose makes choices for different purposes independent
   */
  public static double of(String id, long purpose) {
    long hash = purpose;
    for (int i = 0; i < id.length(); i++) {
      hash = hash * 0x100000001B3L ^ id.charAt(i); // FNV-1
    }
    return of(hash);
  }

  /** Returns the number of a seed, by the finalizer of SplitMix64. */
  public static double of(long seed) {
    long bits = seed + 0x9E3779B97F4A7C15L;
    bits = (bits ^ bits >>> 30) * 0xBF58476D1CE4E5B9L;
    bits = (bits ^ bits >>> 27) * 0x94D049BB133111EBL;
    return ((bits ^ bits >>> 31) >>> 11) * UNIT;
  }
}
