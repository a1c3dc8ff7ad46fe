package io.millrace.learning.metrics;

import io.millrace.learning.metrics.MeanOfRows.RowScore;

/** Shares of correct predictions. */
final class Accuracies {
  private Accuracies() {}

  /** Returns the share of a row's predictions on the target's side of the threshold. */
  static RowScore binary(OutputShape shape, float threshold) {
    return (predictions, targets, row) -> {
      int right = 0;
      for (int i = row * shape.width(); i < (row + 1) * shape.width(); i++) {
        right += targets[i] == (predictions[i] > threshold ? 1 : 0) ? 1 : 0;
      }
      return (double) right / shape.width();
    };
  }

  /** Returns 1 if the largest prediction is the target's class. */
  static RowScore categorical(OutputShape shape) {
    return (predictions, targets, row) ->
        shape.isPredicted(predictions, row, shape.actualClass(targets, row)) ? 1 : 0;
  }

  /** Returns 1 if fewer than {@code k} predictions are larger than that of the target's class. */
  static RowScore topK(OutputShape shape, int k) {
    return (predictions, targets, row) -> {
      int from = row * shape.width();
      float own = predictions[from + shape.actualClass(targets, row)];
      int larger = 0;
      for (int i = from; i < from + shape.width(); i++) {
        larger += predictions[i] > own ? 1 : 0;
      }
      return larger < k && Float.isFinite(own) ? 1 : 0;
    };
  }

  /** Returns the accuracy that fits the shape, like Keras' {@code accuracy}. */
  static RowScore fitting(OutputShape shape) {
    return shape.isSingle() ? binary(shape, 0.5f) : categorical(shape);
  }
}
