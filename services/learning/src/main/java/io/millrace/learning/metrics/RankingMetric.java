package io.millrace.learning.metrics;

import io.millrace.learning.state.State;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A metric of the order of rows by score. It is computed exactly from all scores, which it keeps,
 * so it suits windows and not endless streams.
 *
 * <p>Several classes are scored one against the rest. The value is the mean over the classes that
 * have both positive and negative rows.
 */
final class RankingMetric implements Metric {
  private final OutputShape shape;
  private final RankingCurve curve;
  private float[] predictions = {};
  private float[] targets = {};
  private float[] weights = {};
  private int rows;

  RankingMetric(OutputShape shape, RankingCurve curve) {
    this.shape = shape;
    this.curve = curve;
  }

  @Override
  public void update(
      float[] newPredictions, float[] newTargets, float @Nullable [] newWeights, int newRows) {
    ensureCapacity(rows + newRows);
    int width = shape.width();
    int targetWidth = shape.targetWidth();
    System.arraycopy(newPredictions, 0, predictions, rows * width, newRows * width);
    System.arraycopy(newTargets, 0, targets, rows * targetWidth, newRows * targetWidth);
    for (int row = 0; row < newRows; row++) {
      weights[rows + row] = newWeights == null ? 1 : newWeights[row];
    }
    rows += newRows;
  }

  private void ensureCapacity(int capacity) {
    if (capacity > weights.length) {
      resize(Math.max(capacity, 2 * weights.length));
    }
  }

  private void resize(int capacity) {
    predictions = Arrays.copyOf(predictions, capacity * shape.width());
    targets = Arrays.copyOf(targets, capacity * shape.targetWidth());
    weights = Arrays.copyOf(weights, capacity);
  }

  @Override
  public double value() {
    Mean mean = new Mean();
    for (int column = 0; column < shape.width(); column++) {
      double value = curve.of(ranked(column));
      mean.add(Double.isNaN(value) ? 0 : value, Double.isNaN(value) ? 0 : 1);
    }
    return mean.value();
  }

  private List<RankedRow> ranked(int column) {
    List<RankedRow> ranked = new ArrayList<>(rows);
    for (int row = 0; row < rows; row++) {
      float score = predictions[row * shape.width() + column];
      ranked.add(new RankedRow(score, shape.isActual(targets, row, column), weights[row]));
    }
    ranked.sort(RankedRow.HIGHEST_FIRST);
    return ranked;
  }

  @Override
  public void reset() {
    rows = 0;
  }

  @Override
  public void save(State state) {
    state.put("rows", rows);
    state.put("predictions", Arrays.copyOf(predictions, rows * shape.width()));
    state.put("targets", Arrays.copyOf(targets, rows * shape.targetWidth()));
    state.put("weights", Arrays.copyOf(weights, rows));
  }

  @Override
  public void restore(State state) {
    rows = Math.toIntExact(state.integer("rows"));
    resize(rows);
    state.read("weights", weights);
    state.read("predictions", predictions);
    state.read("targets", targets);
  }
}
