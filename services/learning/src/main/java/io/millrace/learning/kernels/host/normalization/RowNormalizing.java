package io.millrace.learning.kernels.host.normalization;

import static io.millrace.learning.kernels.host.memory.HostMatrix.host;

import io.millrace.learning.kernels.RowNormalization;
import io.millrace.learning.kernels.host.memory.HostBuffer;
import io.millrace.learning.kernels.host.memory.HostCall;
import io.millrace.learning.kernels.host.memory.HostMatrix;

/** Normalizes each row by its own mean and variance. */
public final class RowNormalizing extends HostCall {
  private final HostMatrix in;
  private final HostMatrix out;
  private final HostMatrix statistics;
  private final HostBuffer scale;
  private final HostBuffer offset;
  private final float epsilon;

  public RowNormalizing(HostMatrix in, RowNormalization normalization, HostMatrix out) {
    super(out.buffer(), host(normalization.statistics().buffer()));
    this.in = in;
    this.out = out;
    this.statistics = HostMatrix.of(normalization.statistics());
    this.scale = host(normalization.scale());
    this.offset = host(normalization.offset());
    this.epsilon = normalization.epsilon();
  }

  @Override
  protected void compute(int rows) {
    int columns = in.columns();
    for (int row = 0; row < in.rows(rows); row++) {
      int x = in.start(rows) + row * columns;
      float mean = mean(in.values(), x, columns);
      float inverse = (float) (1 / Math.sqrt(variance(in.values(), x, columns, mean) + epsilon));
      statistics.values()[statistics.start(rows) + 2 * row] = mean;
      statistics.values()[statistics.start(rows) + 2 * row + 1] = inverse;
      apply(x, out.start(rows) + row * columns, mean, inverse);
    }
  }

  private static float mean(float[] values, int start, int length) {
    double sum = 0;
    for (int i = 0; i < length; i++) {
      sum += values[start + i];
    }
    return (float) (sum / length);
  }

  private static double variance(float[] values, int start, int length, float mean) {
    double sum = 0;
    for (int i = 0; i < length; i++) {
      double distance = values[start + i] - mean;
      sum += distance * distance;
    }
    return sum / length;
  }

  private void apply(int x, int y, float mean, float inverse) {
    float[] xs = in.values();
    float[] ys = out.values();
    float[] scales = scale.values;
    float[] offsets = offset.values;
    for (int i = 0; i < in.columns(); i++) {
      ys[y + i] =
          (xs[x + i] - mean) * inverse * scales[scale.offset + i] + offsets[offset.offset + i];
    }
  }
}
