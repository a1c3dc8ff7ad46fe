package io.millrace.learning.generators;

import java.util.List;

/**
 * SEA: three numbers between 0 and 10; the sum of the first two decides.
 *
 * <p>W. N. Street, Y. Kim, "A Streaming Ensemble Algorithm (SEA) for Large-Scale Classification",
 * KDD 2001.
 */
final class Sea implements ExampleGenerator {
  private static final double[] THRESHOLDS = {8, 9, 7, 9.5};

  private final Draws draws;
  private final double threshold;
  private final double noise;

  /**
   * @param function 1 to 4
   * @param noise the share of wrong labels
   */
  Sea(long seed, int function, double noise) {
    this.draws = new Draws(seed);
    this.threshold = THRESHOLDS[function - 1];
    this.noise = noise;
  }

  @Override
  public List<String> fields() {
    return Draws.numbered(3);
  }

  @Override
  public int classes() {
    return 2;
  }

  @Override
  public double next(float[] features) {
    for (int i = 0; i < 3; i++) {
      features[i] = (float) draws.uniform(0, 10);
    }
    int label = (double) features[0] + features[1] <= threshold ? 0 : 1;
    return draws.chance(noise) ? 1 - label : label;
  }
}
