package io.millrace.learning.kernels.nd4j;

import io.millrace.learning.kernels.Call;
import io.millrace.learning.kernels.Matrix;
import io.millrace.learning.kernels.RandomFilling;

/** Fills a matrix with random numbers that are drawn on the host, the same for every device. */
final class DeviceFilling implements Call {
  private final RandomFilling filling;
  private final Matrix out;
  private final float[] values;

  DeviceFilling(RandomFilling filling, Matrix out) {
    this.filling = filling;
    this.out = out;
    this.values = new float[out.buffer().length()];
  }

  @Override
  public void run(int rows) {
    int length = out.valuesPerExample() * rows;
    filling.fill(values, 0, length);
    out.buffer().write(out.firstRow() * out.columns() * rows, values, 0, length);
  }
}
