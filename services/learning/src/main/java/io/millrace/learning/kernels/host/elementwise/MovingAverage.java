package io.millrace.learning.kernels.host.elementwise;

import io.millrace.learning.kernels.host.memory.HostBuffer;
import io.millrace.learning.kernels.host.memory.HostCall;
import io.millrace.learning.kernels.host.memory.Loops;

/** Moves an average towards a new value. */
public final class MovingAverage extends HostCall {
  private final HostBuffer value;
  private final HostBuffer average;
  private final float momentum;

  public MovingAverage(HostBuffer value, HostBuffer average, float momentum) {
    super(average);
    this.value = value;
    this.average = average;
    this.momentum = momentum;
  }

  @Override
  protected void compute(int rows) {
    Loops.scale(average.values, average.offset, momentum, average.length());
    Loops.addScaled(
        1 - momentum, value.values, value.offset, average.values, average.offset, value.length());
  }
}
