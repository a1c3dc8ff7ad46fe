package io.millrace.learning.kernels.host.activation;

import io.millrace.learning.kernels.host.memory.Loops;

/**
 * Exponentials divided by their sum over each row, shifted so that none overflows. Has a scratch
 * area, so it serves one thread at a time.
 */
final class Softmax implements ActivationLoops {
  /** Enough values for vectorized loops, and few enough for the cache. */
  private static final int CHUNK = 512;

  private final int columns;
  private final double[] exponents;

  Softmax(int columns) {
    this.columns = columns;
    this.exponents = new double[Math.max(columns, CHUNK / columns * columns)];
  }

  @Override
  public void apply(float[] values, int start, int length) {
    for (int done = 0; done < length; done += exponents.length) {
      applyToChunk(values, start + done, Math.min(exponents.length, length - done));
    }
  }

  private void applyToChunk(float[] values, int start, int length) {
    for (int row = 0; row < length; row += columns) {
      float largest = largest(values, start + row);
      for (int i = row; i < row + columns; i++) {
        exponents[i] = values[start + i] - largest;
      }
    }
    Exponentials.ofNonPositive(exponents, length);
    for (int row = 0; row < length; row += columns) {
      double scale = 1 / sum(row);
      for (int i = row; i < row + columns; i++) {
        values[start + i] = (float) (exponents[i] * scale);
      }
    }
  }

  private float largest(float[] values, int from) {
    float largest = values[from];
    for (int i = from + 1; i < from + columns; i++) {
      largest = values[i] > largest ? values[i] : largest; // several times as fast as Math.max
    }
    return largest;
  }

  private double sum(int from) {
    double sum = 0;
    for (int i = from; i < from + columns; i++) {
      sum += exponents[i];
    }
    return sum;
  }

  @Override
  public void multiplyDerivative(float[] outputs, float[] gradients, int start, int length) {
    for (int row = start; row < start + length; row += columns) {
      float mean = Loops.dot(outputs, row, gradients, row, columns);
      for (int i = row; i < row + columns; i++) {
        gradients[i] = outputs[i] * (gradients[i] - mean);
      }
    }
  }
}
