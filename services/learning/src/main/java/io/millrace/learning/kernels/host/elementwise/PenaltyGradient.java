package io.millrace.learning.kernels.host.elementwise;

import io.millrace.learning.kernels.host.memory.HostBuffer;
import io.millrace.learning.kernels.host.memory.HostCall;
import io.millrace.learning.kernels.host.memory.Loops;

/** Adds the gradient of a {@link Penalty}. */
public final class PenaltyGradient extends HostCall {
  private final HostBuffer weights;
  private final HostBuffer gradient;
  private final float l1;
  private final float l2;

  public PenaltyGradient(HostBuffer weights, HostBuffer gradient, float l1, float l2) {
    super(gradient);
    this.weights = weights;
    this.gradient = gradient;
    this.l1 = l1;
    this.l2 = l2;
  }

  @Override
  protected void compute(int rows) {
    Loops.addScaled(
        2 * l2, weights.values, weights.offset, gradient.values, gradient.offset, weights.length());
    if (l1 != 0) {
      addSigns();
    }
  }

  private void addSigns() {
    for (int i = 0; i < weights.length(); i++) {
      gradient.values[gradient.offset + i] += l1 * Math.signum(weights.values[weights.offset + i]);
    }
  }
}
