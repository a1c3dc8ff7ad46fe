package io.millrace.learning.kernels.host.normalization;

import static io.millrace.learning.kernels.host.memory.HostMatrix.host;

import io.millrace.learning.kernels.NormalizationGradient;
import io.millrace.learning.kernels.RowNormalization;
import io.millrace.learning.kernels.host.memory.HostBuffer;
import io.millrace.learning.kernels.host.memory.HostCall;
import io.millrace.learning.kernels.host.memory.HostMatrix;
import java.util.Arrays;

/**
 * The gradient of a normalization of rows: with h = g * scale it is {@code (h - mean(h) - x̂ *
 * mean(h x̂)) / deviation}. Here x̂ is the normalized input.
 */
public final class RowNormalizingGradient extends HostCall {
  private final HostMatrix in;
  private final HostMatrix gradient;
  private final HostMatrix inGradient;
  private final HostMatrix statistics;
  private final HostBuffer scale;
  private final HostBuffer scaleGradient;
  private final HostBuffer offsetGradient;

  public RowNormalizingGradient(
      HostMatrix in,
      RowNormalization normalization,
      HostMatrix gradient,
      NormalizationGradient sums,
      HostMatrix inGradient) {
    super(inGradient.buffer(), host(sums.scale()), host(sums.offset()));
    this.in = in;
    this.gradient = gradient;
    this.inGradient = inGradient;
    this.statistics = HostMatrix.of(normalization.statistics());
    this.scale = host(normalization.scale());
    this.scaleGradient = host(sums.scale());
    this.offsetGradient = host(sums.offset());
  }

  @Override
  protected void compute(int rows) {
    int columns = in.columns();
    clear(scaleGradient);
    clear(offsetGradient);
    for (int row = 0; row < in.rows(rows); row++) {
      int skipped = row * columns;
      computeRow(
          in.start(rows) + skipped,
          gradient.start(rows) + skipped,
          inGradient.start(rows) + skipped,
          statistics.start(rows) + 2 * row);
    }
  }

  private static void clear(HostBuffer buffer) {
    Arrays.fill(buffer.values, buffer.offset, buffer.offset + buffer.length(), 0);
  }

  private void computeRow(int x, int g, int result, int statistic) {
    float mean = statistics.values()[statistic];
    float inverse = statistics.values()[statistic + 1];
    float[] gs = gradient.values();
    float sum = 0;
    float sumWithNormalized = 0;
    for (int i = 0; i < in.columns(); i++) {
      float normalized = (in.values()[x + i] - mean) * inverse;
      float scaled = gs[g + i] * scale.values[scale.offset + i];
      scaleGradient.values[scaleGradient.offset + i] += gs[g + i] * normalized;
      offsetGradient.values[offsetGradient.offset + i] += gs[g + i];
      sum += scaled;
      sumWithNormalized += scaled * normalized;
    }
    float share = 1f / in.columns();
    for (int i = 0; i < in.columns(); i++) {
      float normalized = (in.values()[x + i] - mean) * inverse;
      float scaled = gs[g + i] * scale.values[scale.offset + i];
      inGradient.values()[result + i] =
          inverse * (scaled - share * (sum + normalized * sumWithNormalized));
    }
  }
}
