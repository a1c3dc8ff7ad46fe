package io.millrace.learning.evaluation;

import io.millrace.learning.metrics.OutputShape;
import io.millrace.learning.state.State;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The accuracy of a model, of the newest label, and of the most frequent recent label. Owned by one
 * thread.
 */
final class ClassBaselines implements Baselines {
  private static final int MODEL = 0;
  private static final int NO_CHANGE = 1;
  private static final int MAJORITY = 2;

  private final OutputShape shape;
  private final RollingMeans means;
  private final long[] labels = new long[RollingMeans.ROWS];
  private final int[] frequencies;
  private int newest;

  ClassBaselines(OutputShape shape, String prefix) {
    this.shape = shape;
    means =
        new RollingMeans(
            prefix + "rolling_accuracy",
            prefix + "no_change_accuracy",
            prefix + "majority_accuracy");
    frequencies = new int[Math.max(2, shape.width())];
  }

  @Override
  public List<String> names() {
    return means.names();
  }

  @Override
  public void score(float[] predictions, float[] targets, int rows) {
    int majority = mostFrequent();
    int last = newest;
    for (int row = 0; row < rows; row++) {
      int actual = shape.actualClass(targets, row);
      means.put(MODEL, shape.isPredicted(predictions, row, actual) ? 1 : 0);
      means.put(NO_CHANGE, last == actual ? 1 : 0);
      means.put(MAJORITY, majority == actual ? 1 : 0);
      learn(actual);
      means.advance();
    }
  }

  @Override
  public void values(Map<String, Double> target) {
    means.values(target);
  }

  @Override
  public void save(State state) {
    means.save(state);
    state.put("labels", Arrays.copyOf(labels, means.filled()));
    state.put("newest", newest);
  }

  @Override
  public void restore(State state) {
    means.restore(state);
    System.arraycopy(state.integers("labels"), 0, labels, 0, means.filled());
    newest = (int) state.integer("newest");
    Arrays.fill(frequencies, 0);
    for (int slot = 0; slot < means.filled(); slot++) {
      frequencies[(int) labels[slot]]++;
    }
  }

  /** Counts a label in place of the oldest one. */
  private void learn(int label) {
    int slot = means.slot();
    if (means.seen() >= labels.length) {
      frequencies[(int) labels[slot]]--;
    }
    labels[slot] = label;
    frequencies[label]++;
    newest = label;
  }

  /** Returns the most frequent class; the first one if several are. */
  private int mostFrequent() {
    int largest = 0;
    for (int i = 1; i < frequencies.length; i++) {
      largest = frequencies[i] > frequencies[largest] ? i : largest;
    }
    return largest;
  }
}
