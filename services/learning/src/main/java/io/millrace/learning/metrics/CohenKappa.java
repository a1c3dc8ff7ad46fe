package io.millrace.learning.metrics;

import io.millrace.learning.state.State;
import org.jspecify.annotations.Nullable;

/**
 * How much better than chance predictions agree with targets: 1 for full agreement, 0 for that of
 * guesses with the same frequencies.
 *
 * <p>J. Cohen, "A Coefficient of Agreement for Nominal Scales", 1960; with weights, "Weighted
 * kappa", 1968.
 */
final class CohenKappa implements Metric {

  /** The weight of a disagreement by the distance of the classes. */
  enum Weights {
    NONE,
    LINEAR,
    QUADRATIC;

    double of(int distance) {
      return switch (this) {
        case NONE -> distance == 0 ? 0 : 1;
        case LINEAR -> Math.abs(distance);
        case QUADRATIC -> (double) distance * distance;
      };
    }
  }

  private final ConfusionMatrix matrix;
  private final Weights weights;

  CohenKappa(OutputShape shape, Weights weights) {
    this.matrix = new ConfusionMatrix(shape);
    this.weights = weights;
  }

  @Override
  public void update(float[] predictions, float[] targets, float @Nullable [] weights, int rows) {
    matrix.update(predictions, targets, weights, rows);
  }

  @Override
  public double value() {
    int classes = matrix.classes();
    double[] actual = new double[classes];
    double[] predicted = new double[classes];
    double all = 0;
    for (int i = 0; i < classes; i++) {
      for (int j = 0; j < classes; j++) {
        actual[i] += matrix.count(i, j);
        predicted[j] += matrix.count(i, j);
        all += matrix.count(i, j);
      }
    }
    double observed = 0;
    double byChance = 0;
    for (int i = 0; i < classes; i++) {
      for (int j = 0; j < classes; j++) {
        observed += weights.of(i - j) * matrix.count(i, j);
        byChance += weights.of(i - j) * actual[i] * predicted[j] / all;
      }
    }
    return 1 - observed / byChance;
  }

  @Override
  public void reset() {
    matrix.reset();
  }

  @Override
  public void save(State state) {
    matrix.save(state);
  }

  @Override
  public void restore(State state) {
    matrix.restore(state);
  }
}
