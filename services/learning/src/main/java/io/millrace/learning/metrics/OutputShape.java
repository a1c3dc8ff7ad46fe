package io.millrace.learning.metrics;

/**
 * The shape of an output's rows.
 *
 * @param width predictions per row
 * @param targetWidth targets per row: the same, or 1 if the target is a class index
 */
public record OutputShape(int width, int targetWidth) {
  private static final float HALF = 0.5f;

  public OutputShape {
    if (width < 1 || (targetWidth != width && targetWidth != 1)) {
      throw new IllegalArgumentException(
          "targetWidth must be 1 or width, got width " + width + " and targetWidth " + targetWidth);
    }
  }

  /**
   * Returns whether a row has one prediction: a number, or the probability of the positive class.
   */
  public boolean isSingle() {
    return width == 1;
  }

  /** Returns whether the target is the index of one of several classes. */
  public boolean isSparse() {
    return width > 1 && targetWidth == 1;
  }

  /**
   * Rejects a metric that does not fit this shape.
   *
   * @throws IllegalArgumentException unless the condition holds
   */
  void require(boolean condition, String needed) {
    if (!condition) {
      throw new IllegalArgumentException("the metric needs " + needed + ", the output is " + this);
    }
  }

  /** Returns the class of the row's target; 0 or 1 for a single target. */
  public int actualClass(float[] targets, int row) {
    return isSparse() ? (int) targets[row] : classOf(targets, row);
  }

  /**
   * Returns the class of the largest prediction, the first of equals; 0 or 1 for a single
   * prediction.
   */
  public int predictedClass(float[] predictions, int row) {
    return classOf(predictions, row);
  }

  /**
   * Returns whether {@link #predictedClass} of the row is this class. This is several times faster
   * than computing the class, because a correct class takes no unpredictable branch.
   */
  public boolean isPredicted(float[] predictions, int row, int predicted) {
    if (isSingle()) {
      return classOf(predictions, row) == predicted;
    }
    int from = row * width;
    float own = predictions[from + predicted];
    for (int i = from; i < from + predicted; i++) {
      if (!(predictions[i] < own)) {
        return false;
      }
    }
    for (int i = from + predicted + 1; i < from + width; i++) {
      if (predictions[i] > own) {
        return false;
      }
    }
    return true;
  }

  /** Returns whether the row's target is class {@code column}, or is positive in that column. */
  boolean isActual(float[] targets, int row, int column) {
    return isSparse() ? targets[row] == column : targets[row * width + column] > HALF;
  }

  /** Returns the index of the row's largest value, the first of equals. */
  int largest(float[] values, int row) {
    int from = row * width;
    int largest = from;
    for (int i = from + 1; i < from + width; i++) {
      if (values[i] > values[largest]) {
        largest = i;
      }
    }
    return largest - from;
  }

  private int classOf(float[] values, int row) {
    if (isSingle()) {
      return values[row] > HALF ? 1 : 0;
    }
    return largest(values, row);
  }
}
