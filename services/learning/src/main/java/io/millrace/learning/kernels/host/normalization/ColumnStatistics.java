package io.millrace.learning.kernels.host.normalization;

import io.millrace.learning.kernels.host.memory.HostBuffer;
import io.millrace.learning.kernels.host.memory.HostCall;
import io.millrace.learning.kernels.host.memory.HostMatrix;
import io.millrace.learning.kernels.host.memory.Loops;
import io.millrace.learning.kernels.host.memory.Team;
import io.millrace.learning.kernels.host.product.ColumnSums;
import java.util.Arrays;

/** Mean and variance of each column, in two passes. */
public final class ColumnStatistics extends HostCall {
  private final HostMatrix in;
  private final HostBuffer mean;
  private final HostBuffer variance;
  private final ColumnSums sums;

  public ColumnStatistics(Team team, HostMatrix in, HostBuffer mean, HostBuffer variance) {
    super(mean, variance);
    this.in = in;
    this.mean = mean;
    this.variance = variance;
    this.sums = new ColumnSums(team, in, mean);
  }

  @Override
  protected void compute(int rows) {
    int columns = in.columns();
    float share = 1f / in.rows(rows);
    sums.compute(rows);
    Loops.scale(mean.values, mean.offset, share, columns);
    Arrays.fill(variance.values, variance.offset, variance.offset + columns, 0);
    for (int row = 0; row < in.rows(rows); row++) {
      addSquares(in.values(), in.start(rows) + row * columns);
    }
    Loops.scale(variance.values, variance.offset, share, columns);
  }

  private void addSquares(float[] values, int start) {
    float[] means = mean.values;
    float[] squares = variance.values;
    int meanStart = mean.offset;
    int squareStart = variance.offset;
    for (int i = 0; i < in.columns(); i++) {
      float distance = values[start + i] - means[meanStart + i];
      squares[squareStart + i] += distance * distance;
    }
  }
}
