package io.millrace.learning.generators;

import java.util.List;

/**
 * The digit on a seven-segment display with randomly inverted segments, among irrelevant bits.
 *
 * <p>L. Breiman et al., "Classification and Regression Trees", 1984.
 */
final class Led implements ExampleGenerator {
  static final int FEATURES = 24;
  private static final int SEGMENTS = 7;
  private static final int[] SHOWN = {
    0b1110111, 0b0010010, 0b1011101, 0b1011011, 0b0111010,
    0b1101011, 0b1101111, 0b1010010, 0b1111111, 0b1111011
  };

  private final Draws draws;
  private final int first;
  private final double noise;

  /**
   * @param function which features the segments are, from 1 for the first ones to {@link #FEATURES}
   * @param noise the share of inverted segments
   */
  Led(long seed, int function, double noise) {
    this.draws = new Draws(seed);
    this.first = SEGMENTS * (function - 1) % FEATURES;
    this.noise = noise;
  }

  @Override
  public List<String> fields() {
    return Draws.numbered(FEATURES);
  }

  @Override
  public int classes() {
    return SHOWN.length;
  }

  @Override
  public double next(float[] features) {
    int digit = draws.integer(SHOWN.length);
    for (int i = 0; i < FEATURES; i++) {
      boolean isSegment = i < SEGMENTS;
      int shown = isSegment ? SHOWN[digit] >> (SEGMENTS - 1 - i) & 1 : 0;
      int feature = (first + i) % FEATURES;
      features[feature] = draws.chance(isSegment ? noise : 0.5) ? 1 - shown : shown;
    }
    return digit;
  }
}
