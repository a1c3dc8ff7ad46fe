package io.millrace.learning.kernels.host.normalization;

import static io.millrace.learning.kernels.host.memory.HostMatrix.host;

import io.millrace.learning.kernels.ColumnNormalization;
import io.millrace.learning.kernels.host.memory.HostBuffer;
import io.millrace.learning.kernels.host.memory.HostCall;
import io.millrace.learning.kernels.host.memory.HostMatrix;

/** Normalizes columns, with one factor and one shift each. */
public final class ColumnNormalizing extends HostCall {
  private final HostMatrix in;
  private final HostMatrix out;
  private final HostBuffer mean;
  private final HostBuffer variance;
  private final HostBuffer scale;
  private final HostBuffer offset;
  private final float epsilon;
  private final float[] factors;
  private final float[] shifts;

  public ColumnNormalizing(HostMatrix in, ColumnNormalization normalization, HostMatrix out) {
    super(out.buffer());
    this.in = in;
    this.out = out;
    this.mean = host(normalization.mean());
    this.variance = host(normalization.variance());
    this.scale = host(normalization.scale());
    this.offset = host(normalization.offset());
    this.epsilon = normalization.epsilon();
    this.factors = new float[in.columns()];
    this.shifts = new float[in.columns()];
  }

  @Override
  protected void compute(int rows) {
    int columns = in.columns();
    for (int i = 0; i < columns; i++) {
      float deviation = (float) Math.sqrt(variance.values[variance.offset + i] + epsilon);
      factors[i] = scale.values[scale.offset + i] / deviation;
      shifts[i] = offset.values[offset.offset + i] - mean.values[mean.offset + i] * factors[i];
    }
    for (int row = 0; row < in.rows(rows); row++) {
      int skipped = row * columns;
      apply(in.values(), in.start(rows) + skipped, out.values(), out.start(rows) + skipped);
    }
  }

  private void apply(float[] x, int xStart, float[] y, int yStart) {
    float[] factor = factors;
    float[] shift = shifts;
    for (int i = 0; i < factor.length; i++) {
      y[yStart + i] = x[xStart + i] * factor[i] + shift[i];
    }
  }
}
