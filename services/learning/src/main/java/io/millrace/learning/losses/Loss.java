package io.millrace.learning.losses;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The distance of a row of predictions from its targets, and its gradient.
 *
 * <p>Predictions are {@code [rows, width]}, targets {@code [rows, targetWidth(width)]}, both flat
 * and row-major. Immutable, so threads may share it.
 */
public interface Loss {

  /** Returns how many target values a row has: 1 if the target is a class index. */
  default int targetWidth(int width) {
    return width;
  }

  /** Returns the fewest predictions of a row: 2 if each belongs to one of several classes. */
  default int leastWidth() {
    return 1;
  }

  /**
   * Returns the decision boundary of a single prediction: 0.5 for a probability, 0 for a logit or a
   * margin.
   */
  default float boundary() {
    return 0.5f;
  }

  /**
   * Returns whether only the differences between predictions and targets count, so that the loss
   * means something for targets that were shifted and scaled.
   */
  default boolean isOfDifferences() {
    return false;
  }

  /**
   * Returns the loss of one row.
   *
   * @param gradient {@code [rows, width]}; if given, receives the row's gradient with respect to
   *     the predictions
   */
  double row(float[] predictions, float[] targets, int row, int width, float @Nullable [] gradient);

  /**
   * Returns the same loss over the inputs of the activation that made the predictions, if that is
   * stabler and cheaper: softmax or sigmoid before its own cross entropy.
   *
   * @param activation Keras' name, such as {@code softmax}
   */
  default Optional<Loss> overInputsOf(String activation) {
    return Optional.empty();
  }

  /**
   * Returns whether a loss over the inputs of an activation reads the activation's outputs. Its
   * gradient is still that of the inputs.
   */
  default boolean readsOutputs() {
    return false;
  }

  /**
   * Returns the mean over a batch: the sum of the weighted losses divided by the number of rows,
   * Keras' {@code sum_over_batch_size}.
   *
   * <p>A row of weight zero has a loss of zero, whatever its targets are.
   *
   * @param weights one per row; absent: all are one
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
