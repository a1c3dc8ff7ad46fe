package io.millrace.learning.kernels.host.elementwise;

import io.millrace.learning.kernels.Reduction;
import io.millrace.learning.kernels.host.memory.HostBuffer;

/** The sums of absolute values and of squares, each with a factor. */
public final class Penalty implements Reduction {
  private final HostBuffer weights;
  private final float l1;
  private final float l2;

  public Penalty(HostBuffer weights, float l1, float l2) {
    this.weights = weights;
    this.l1 = l1;
    this.l2 = l2;
  }

  @Override
  public double value() {
    double absolute = 0;
    double square = 0;
    for (int i = weights.offset; i < weights.offset + weights.length(); i++) {
      double weight = weights.values[i];
      absolute += Math.abs(weight);
      square += weight * weight;
    }
    return l1 * absolute + l2 * square;
  }
}
