package io.millrace.learning.losses;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far a row of predictions is from its targets, and the gradient of that.
 *
 * <p>Predictions are {@code [rows, width]}, targets {@code [rows, targetWidth(width)]}, both flat
 * and row-major. Immutable; may be used by any number of threads.
 */
public interface Loss {

  /** Returns how many target values a row has: 1 where the target is the index of a class. */
  default int targetWidth(int width) {
    return width;
  }

  /** Returns how many predictions a row needs at least: 2 where each is of one class of several. */
  default int leastWidth() {
    return 1;
  }

  /**
   * Returns the prediction above which a single one says yes: one half of a probability, 0 of a
   * logit or of a side of a margin.
   */
  default float boundary() {
    return 0.5f;
  }

  /**
   * Returns the loss of one row.
   *
   * @param gradient {@code [rows, width]}; the row's gradient with respect to the predictions is
   *     written into it, where it is given
   */
  double row(float[] predictions, float[] targets, int row, int width, float @Nullable [] gradient);

  /**
   * Returns the same loss over the inputs of the activation that made the predictions, where doing
   * both at once is stabler and cheaper: softmax or sigmoid before its own cross entropy.
   *
   * @param activation Keras' name, such as {@code softmax}
   */
  default Optional<Loss> overInputsOf(String activation) {
    return Optional.empty();
  }

  /**
   * Returns whether a loss over the inputs of an activation is computed from the activation's
   * outputs; its gradient is that of the inputs all the same.
   */
  default boolean readsOutputs() {
    return false;
  }

  /**
   * Returns the mean over a batch, which is the sum of the weighted losses divided by the number of
   * rows: Keras' {@code sum_over_batch_size}.
   *
   * <p>A row of weight zero counts as a row of loss zero, whatever its targets hold.
   *
   * @param weights one a row; all are one where absent
   * @param lossPerRow receives the weighted loss of every row
   * @param gradient {@code [rows, width]}; receives the gradient of the returned mean
   */
  default double evaluate(
      float[] predictions,
      float[] targets,
      float @Nullable [] weights,
      int rows,
      int width,
      float[] lossPerRow,
      float @Nullable [] gradient) {
    double sum = 0;
    for (int row = 0; row < rows; row++) {
      float weight = weights == null ? 1 : weights[row];
      double loss = weight == 0 ? 0 : weight * row(predictions, targets, row, width, gradient);
      if (gradient != null) {
        scale(gradient, row * width, width, weight / rows);
      }
      lossPerRow[row] = (float) loss;
      sum += loss;
    }
    return sum / rows;
  }

  private static void scale(float[] gradient, int from, int width, float factor) {
    for (int i = from; i < from + width; i++) {
      gradient[i] = factor == 0 ? 0 : gradient[i] * factor;
    }
  }
}
