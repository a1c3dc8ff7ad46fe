package io.millrace.learning.kernels.host;

/** Exponentials divided by their sum over each row, in the form that cannot overflow. */
final class Softmax implements ActivationLoops {
  private final int columns;

  Softmax(int columns) {
    this.columns = columns;
  }

  @Override
  public void apply(float[] in, int inStart, float[] out, int outStart, int length) {
    for (int row = 0; row < length; row += columns) {
      applyToRow(in, inStart + row, out, outStart + row);
    }
  }

  private void applyToRow(float[] in, int inStart, float[] out, int outStart) {
    float maximum = in[inStart];
    for (int i = 1; i < columns; i++) {
      maximum = Math.max(maximum, in[inStart + i]);
    }
    float sum = 0;
    for (int i = 0; i < columns; i++) {
      float exponential = (float) Math.exp(in[inStart + i] - maximum);
      out[outStart + i] = exponential;
      sum += exponential;
    }
    float scale = 1 / sum;
    for (int i = 0; i < columns; i++) {
      out[outStart + i] *= scale;
    }
  }

  @Override
  public void multiplyDerivative(
      float[] output, int outputStart, float[] gradient, int gradientStart, int length) {
    for (int row = 0; row < length; row += columns) {
      int y = outputStart + row;
      int g = gradientStart + row;
      float mean = Loops.dot(output, y, gradient, g, columns);
      for (int i = 0; i < columns; i++) {
        gradient[g + i] = output[y + i] * (gradient[g + i] - mean);
      }
    }
  }
}
