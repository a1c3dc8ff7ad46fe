package io.millrace.learning.network;

import io.millrace.learning.kernels.Buffer;
import io.millrace.learning.kernels.HostCopy;
import io.millrace.learning.losses.Loss;
import org.jspecify.annotations.Nullable;

/** A loss bound to the predictions that it reads and to their gradient. */
final class LossTerm {
  private final Loss loss;
  private final float factor;
  private final int width;
  private final HostCopy predictions;
  private final @Nullable HostCopy gradient;
  private final float[] perRow;

  /**
   * @param predictions {@code [n, width]}
   * @param gradient {@code [n, width]}; absent if nothing learns
   */
  LossTerm(Loss loss, double factor, int width, Buffer predictions, @Nullable Buffer gradient) {
    this.loss = loss;
    this.factor = (float) factor;
    this.width = width;
    this.predictions = predictions.hostCopy();
    this.gradient = gradient == null ? null : gradient.hostCopy();
    this.perRow = new float[predictions.length() / width];
  }

  /** Returns the mean loss of the batch, times the loss weight. */
  double value(float[] targets, float @Nullable [] weights, int rows) {
    predictions.download(rows * width);
    return factor
        * loss.evaluate(predictions.values(), targets, weights, rows, width, perRow, null);
  }

  /** Returns the same value and sets the gradient. */
  double valueAndGradient(float[] targets, float @Nullable [] weights, int rows) {
    if (gradient == null) {
      return value(targets, weights, rows);
    }
    predictions.download(rows * width);
    float[] slopes = gradient.values();
    double value =
        loss.evaluate(predictions.values(), targets, weights, rows, width, perRow, slopes);
    if (factor != 1) {
      for (int i = 0; i < rows * width; i++) {
        slopes[i] *= factor;
      }
    }
    gradient.upload(rows * width);
    return factor * value;
  }

  /** Returns the loss of each row of the last batch, without the loss weight. */
  float[] perRow() {
    return perRow;
  }
}
