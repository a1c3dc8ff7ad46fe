package io.millrace.learning.kernels.host.elementwise;

import io.millrace.learning.kernels.host.memory.HostBuffer;
import io.millrace.learning.kernels.host.memory.HostCall;

/** Bounds norms along one axis of weights {@code [outer, length, inner]} from above. */
public final class NormBound extends HostCall {
  /** Keras' guard against a division by zero. */
  private static final float EPSILON = 1e-7f;

  private final HostBuffer weights;
  private final int length;
  private final int inner;
  private final float maximum;

  public NormBound(HostBuffer weights, int length, int inner, float maximum) {
    super(weights);
    this.weights = weights;
    this.length = length;
    this.inner = inner;
    this.maximum = maximum;
  }

  @Override
  protected void compute(int rows) {
    int block = length * inner;
    for (int outer = 0; outer < weights.length(); outer += block) {
      for (int i = 0; i < inner; i++) {
        bound(weights.offset + outer + i);
      }
    }
  }

  private void bound(int start) {
    float[] values = weights.values;
    double sum = 0;
    for (int i = 0; i < length; i++) {
      double value = values[start + i * inner];
      sum += value * value;
    }
    float norm = (float) Math.sqrt(sum);
    float factor = Math.min(norm, maximum) / (EPSILON + norm);
    for (int i = 0; i < length; i++) {
      values[start + i * inner] *= factor;
    }
  }
}
