package io.millrace.learning.random;

/**
 * A random sequence whose numbers are computed from their position: number {@code i} is a bijective
 * mix of {@code key + i * odd constant}.
 *
 * <p>Two streams of one seed are practically independent. Immutable, so threads may share it.
 *
 * <p>The mix is the finalizer of SplitMix64: G. L. Steele, D. Lea, C. H. Flood, "Fast Splittable
 * Pseudorandom Number Generators", OOPSLA 2014. Generators by position rather than by state follow
 * J. K. Salmon et al., "Parallel Random Numbers: As Easy as 1, 2, 3", SC 2011.
 */
public final class RandomStream {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
  private static final double UNIT = 0x1.0p-53;

  private final long key;

  private RandomStream(long key) {
    this.key = key;
  }

  /**
   * Returns stream number {@code stream} of {@code seed}; the number can be the index of a tensor.
   */
  public static RandomStream of(long seed, long stream) {
    return new RandomStream(mix(mix(seed + GOLDEN_GAMMA) + stream * GOLDEN_GAMMA));
  }

  /** Returns a stream derived from this one, such as the stream of one training step. */
  public RandomStream split(long index) {
    return new RandomStream(mix(key ^ mix(index + GOLDEN_GAMMA)));
  }

  /** Returns 64 random bits. */
  public long bits(long position) {
    return mix(key + position * GOLDEN_GAMMA);
  }

  /** Returns a uniform number in [0, 1). */
  public double uniform(long position) {
    return (bits(position) >>> 11) * UNIT;
  }

  /**
   * Returns a standard normal number, by the transform of G. E. P. Box and M. E. Muller, "A Note on
   * the Generation of Random Normal Deviates", 1958.
   */
  public double normal(long position) {
    double radius = Math.sqrt(-2 * Math.log(1 - uniform(2 * position)));
    return radius * Math.cos(2 * Math.PI * uniform(2 * position + 1));
  }

  /** Returns a standard normal number truncated at two standard deviations. */
  public double truncatedNormal(long position) {
    RandomStream attempts = split(position);
    long attempt = 0;
    double value = attempts.normal(attempt);
    while (Math.abs(value) > 2) {
      value = attempts.normal(++attempt);
    }
    return value;
  }

  /** Returns a uniform whole number in [0, bound). */
  public int integer(long position, int bound) {
    return (int) (uniform(position) * bound);
  }

  private static long mix(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
