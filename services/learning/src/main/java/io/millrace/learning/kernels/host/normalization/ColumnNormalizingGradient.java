package io.millrace.learning.kernels.host.normalization;

import static io.millrace.learning.kernels.host.memory.HostMatrix.host;

import io.millrace.learning.kernels.ColumnNormalization;
import io.millrace.learning.kernels.NormalizationGradient;
import io.millrace.learning.kernels.host.memory.HostBuffer;
import io.millrace.learning.kernels.host.memory.HostCall;
import io.millrace.learning.kernels.host.memory.HostMatrix;
import java.util.Arrays;

/**
 * The gradient of a normalization of columns.
 *
 * <p>With statistics of the batch it is {@code scale / deviation * (g - mean(g) - x̂ * mean(g
 * x̂))}, with fixed statistics {@code scale / deviation * g}. Here x̂ is the normalized input.
 */
public final class ColumnNormalizingGradient extends HostCall {
  private final HostMatrix in;
  private final HostMatrix gradient;
  private final HostMatrix inGradient;
  private final HostBuffer mean;
  private final HostBuffer variance;
  private final HostBuffer scale;
  private final HostBuffer scaleGradient;
  private final HostBuffer offsetGradient;
  private final float epsilon;
  private final boolean ofBatch;
  private final float[] inverseDeviations;

  public ColumnNormalizingGradient(
      HostMatrix in,
      ColumnNormalization normalization,
      HostMatrix gradient,
      NormalizationGradient sums,
      HostMatrix inGradient,
      boolean ofBatch) {
    super(inGradient.buffer(), host(sums.scale()), host(sums.offset()));
    this.in = in;
    this.gradient = gradient;
    this.inGradient = inGradient;
    this.mean = host(normalization.mean());
    this.variance = host(normalization.variance());
    this.scale = host(normalization.scale());
    this.scaleGradient = host(sums.scale());
    this.offsetGradient = host(sums.offset());
    this.epsilon = normalization.epsilon();
    this.ofBatch = ofBatch;
    this.inverseDeviations = new float[in.columns()];
  }

  @Override
  protected void compute(int rows) {
    int columns = in.columns();
    for (int i = 0; i < columns; i++) {
      inverseDeviations[i] =
          (float) (1 / Math.sqrt(variance.values[variance.offset + i] + epsilon));
    }
    clear(scaleGradient);
    clear(offsetGradient);
    for (int row = 0; row < in.rows(rows); row++) {
      addToSums(in.start(rows) + row * columns, gradient.start(rows) + row * columns);
    }
    float share = ofBatch ? 1f / in.rows(rows) : 0;
    for (int row = 0; row < in.rows(rows); row++) {
      int skipped = row * columns;
      setGradient(
          in.start(rows) + skipped,
          gradient.start(rows) + skipped,
          inGradient.start(rows) + skipped,
          share);
    }
  }

  private static void clear(HostBuffer buffer) {
    Arrays.fill(buffer.values, buffer.offset, buffer.offset + buffer.length(), 0);
  }

  private void addToSums(int x, int g) {
    float[] xs = in.values();
    float[] gs = gradient.values();
    float[] scales = scaleGradient.values;
    float[] offsets = offsetGradient.values;
    for (int i = 0; i < inverseDeviations.length; i++) {
      float normalized = (xs[x + i] - mean.values[mean.offset + i]) * inverseDeviations[i];
      scales[scaleGradient.offset + i] += gs[g + i] * normalized;
      offsets[offsetGradient.offset + i] += gs[g + i];
    }
  }

  private void setGradient(int x, int g, int result, float share) {
    float[] xs = in.values();
    float[] gs = gradient.values();
    float[] results = inGradient.values();
    for (int i = 0; i < inverseDeviations.length; i++) {
      float normalized = (xs[x + i] - mean.values[mean.offset + i]) * inverseDeviations[i];
      float common =
          offsetGradient.values[offsetGradient.offset + i]
              + normalized * scaleGradient.values[scaleGradient.offset + i];
      results[result + i] =
          scale.values[scale.offset + i] * inverseDeviations[i] * (gs[g + i] - share * common);
    }
  }
}
