package io.millrace.learning.kernels.host;

/** Exponentials divided by their sum over each row, in the form that cannot overflow. */
final class Softmax implements ActivationLoops {
  private final int columns;

  Softmax(int columns) {
    this.columns = columns;
  }

  @Override
  public void apply(float[] values, int start, int length) {
    for (int row = start; row < start + length; row += columns) {
      applyToRow(values, row);
    }
  }

  private void applyToRow(float[] values, int row) {
    float maximum = values[row];
    for (int i = row + 1; i < row + columns; i++) {
      maximum = Math.max(maximum, values[i]);
    }
    float sum = 0;
    for (int i = row; i < row + columns; i++) {
      float exponential = (float) Math.exp(values[i] - maximum);
      values[i] = exponential;
      sum += exponential;
    }
    Loops.scale(values, row, 1 / sum, columns);
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
