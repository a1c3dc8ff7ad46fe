package io.millrace.learning.evaluation;

import io.millrace.learning.state.State;
import java.util.List;
import java.util.Map;

/**
 * The mean absolute error of a model, of the newest target, and of the fading mean of targets.
 * Owned by one thread.
 */
final class NumberBaselines implements Baselines {
  private static final int MODEL = 0;
  private static final int NO_CHANGE = 1;
  private static final int CONSTANT = 2;

  private final RollingMeans means;
  private final float[] newest;
  private final double[] usual;

  /**
   * @param width targets per row
   */
  NumberBaselines(int width, String prefix) {
    means =
        new RollingMeans(
            prefix + "rolling_mean_absolute_error",
            prefix + "no_change_mean_absolute_error",
            prefix + "constant_mean_absolute_error");
    newest = new float[width];
    usual = new double[width];
  }

  @Override
  public List<String> names() {
    return means.names();
  }

  @Override
  public void score(float[] predictions, float[] targets, int rows) {
    long before = means.seen();
    for (int row = 0; row < rows; row++) {
      measure(predictions, targets, row);
      means.advance();
    }
    for (int row = 0; row < rows; row++) {
      learn(targets, row, 1.0 / Math.min(before + row + 1, RollingMeans.ROWS));
    }
  }

  @Override
  public void values(Map<String, Double> target) {
    means.values(target);
  }

  @Override
  public void save(State state) {
    means.save(state);
    state.put("newest", newest);
    state.put("usual", usual);
  }

  @Override
  public void restore(State state) {
    means.restore(state);
    state.read("newest", newest);
    state.read("usual", usual);
  }

  private void measure(float[] predictions, float[] targets, int row) {
    double model = 0;
    double noChange = 0;
    double constant = 0;
    for (int i = 0; i < newest.length; i++) {
      double actual = targets[row * newest.length + i];
      model += Math.abs(predictions[row * newest.length + i] - actual);
      noChange += Math.abs(newest[i] - actual);
      constant += Math.abs(usual[i] - actual);
    }
    means.put(MODEL, model / newest.length);
    means.put(NO_CHANGE, noChange / newest.length);
    means.put(CONSTANT, constant / newest.length);
  }

  private void learn(float[] targets, int row, double share) {
    for (int i = 0; i < usual.length; i++) {
      usual[i] += (targets[row * usual.length + i] - usual[i]) * share;
    }
    System.arraycopy(targets, row * newest.length, newest, 0, newest.length);
  }
}
