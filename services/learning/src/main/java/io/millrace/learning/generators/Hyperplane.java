package io.millrace.learning.generators;

import java.util.Arrays;
import java.util.List;

/**
 * Points on either side of a hyperplane that rotates slightly with every example.
 *
 * <p>G. Hulten, L. Spencer, P. Domingos, "Mining Time-Changing Data Streams", KDD 2001.
 */
final class Hyperplane implements ExampleGenerator {
  private static final int FEATURES = 10;
  private static final double REVERSAL = 0.1;

  private final Draws draws;
  private final double noise;
  private final double[] weights = new double[FEATURES];
  private final double[] steps = new double[FEATURES];

  /**
   * @param concept seed of the initial weights
   * @param driftingFeatures how many features have changing weights
   * @param change the change with every example
   * @param noise the share of wrong labels
   */
  Hyperplane(long concept, long seed, int driftingFeatures, double change, double noise) {
    this.draws = new Draws(seed);
    this.noise = noise;
    Draws first = new Draws(concept);
    for (int i = 0; i < FEATURES; i++) {
      weights[i] = first.uniform();
      steps[i] = i < driftingFeatures ? change : 0;
    }
  }

  @Override
  public List<String> fields() {
    return Draws.numbered(FEATURES);
  }

  @Override
  public int classes() {
    return 2;
  }

  @Override
  public double next(float[] features) {
    double sum = 0;
    for (int i = 0; i < FEATURES; i++) {
      features[i] = (float) draws.uniform();
      sum += weights[i] * features[i];
    }
    int label = sum >= Arrays.stream(weights).sum() / 2 ? 1 : 0;
    rotate();
    return draws.chance(noise) ? 1 - label : label;
  }

  private void rotate() {
    for (int i = 0; i < FEATURES; i++) {
      weights[i] += steps[i];
      steps[i] = draws.chance(REVERSAL) ? -steps[i] : steps[i];
    }
  }
}
