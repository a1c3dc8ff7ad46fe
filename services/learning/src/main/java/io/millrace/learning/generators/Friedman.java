package io.millrace.learning.generators;

import java.util.List;

/**
 * A number that depends on five of ten features in different ways, with normal noise.
 *
 * <p>J. H. Friedman, "Multivariate Adaptive Regression Splines", 1991. The second concept gives the
 * features other roles, as in E. Ikonomovska, "Algorithms for Learning Regression Trees and
 * Ensembles on Evolving Data Streams", 2012.
 */
final class Friedman implements ExampleGenerator {
  private static final int FEATURES = 10;
  private static final int[][] ROLES = {{0, 1, 2, 3, 4}, {3, 5, 1, 0, 2}};

  private final Draws draws;
  private final int[] roles;

  /**
   * @param function 1 or 2
   */
  Friedman(long seed, int function) {
    this.draws = new Draws(seed);
    this.roles = ROLES[function - 1];
  }

  @Override
  public List<String> fields() {
    return Draws.numbered(FEATURES);
  }

  @Override
  public int classes() {
    return 0;
  }

  @Override
  public double next(float[] features) {
    for (int i = 0; i < FEATURES; i++) {
      features[i] = (float) draws.uniform();
    }
    double distance = features[roles[2]] - 0.5;
    return 10 * Math.sin(Math.PI * features[roles[0]] * features[roles[1]])
        + 20 * distance * distance
        + 10 * features[roles[3]]
        + 5 * features[roles[4]]
        + draws.normal();
  }
}
