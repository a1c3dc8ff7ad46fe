package io.millrace.learning.generators;

import java.util.Arrays;
import java.util.List;

/** Clouds of points around centers that move in straight lines and bounce off the unit cube. */
final class RadialBasisFunctions implements ExampleGenerator {
  private static final int FEATURES = 10;
  private static final int CENTERS = 50;

  private final Draws draws;
  private final int classes;
  private final double speed;
  private final double[][] centers = new double[CENTERS][FEATURES];
  private final double[][] directions = new double[CENTERS][FEATURES];
  private final int[] labels = new int[CENTERS];
  private final double[] deviations = new double[CENTERS];
  private final double[] cumulatedWeights = new double[CENTERS];

  /**
   * @param concept seed of the centers
   * @param speed distance that every center moves with every example
   */
  RadialBasisFunctions(long concept, long seed, int classes, double speed) {
    this.draws = new Draws(seed);
    Draws first = new Draws(concept);
    this.classes = classes;
    this.speed = speed;
    double weight = 0;
    for (int center = 0; center < CENTERS; center++) {
      Arrays.setAll(centers[center], i -> first.uniform());
      Arrays.setAll(directions[center], i -> first.uniform());
      scale(directions[center], 1);
      labels[center] = first.integer(classes);
      deviations[center] = first.uniform();
      weight += first.uniform();
      cumulatedWeights[center] = weight;
    }
  }

  @Override
  public List<String> fields() {
    return Draws.numbered(FEATURES);
  }

  @Override
  public int classes() {
    return classes;
  }

  @Override
  public double next(float[] features) {
    for (int center = 0; center < CENTERS; center++) {
      move(centers[center], directions[center]);
    }
    int center = drawCenter();
    double[] offset = new double[FEATURES];
    Arrays.setAll(offset, i -> draws.uniform(-1, 1));
    scale(offset, draws.normal() * deviations[center]);
    for (int i = 0; i < FEATURES; i++) {
      features[i] = (float) (centers[center][i] + offset[i]);
    }
    return labels[center];
  }

  private int drawCenter() {
    double drawn = draws.uniform(0, cumulatedWeights[CENTERS - 1]);
    int found = Arrays.binarySearch(cumulatedWeights, drawn);
    return found < 0 ? -found - 1 : found + 1;
  }

  private void move(double[] center, double[] direction) {
    for (int i = 0; i < FEATURES; i++) {
      double moved = center[i] + direction[i] * speed;
      center[i] = Math.max(0, Math.min(1, moved));
      direction[i] = moved == center[i] ? direction[i] : -direction[i];
    }
  }

  private static void scale(double[] vector, double length) {
    double squares = 0;
    for (double value : vector) {
      squares += value * value;
    }
    double factor = length / Math.sqrt(squares);
    Arrays.setAll(vector, i -> vector[i] * factor);
  }
}
