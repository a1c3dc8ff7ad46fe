package io.millrace.learning.kernels.host.elementwise;

import io.millrace.learning.kernels.RandomFilling;
import io.millrace.learning.kernels.host.memory.HostCall;
import io.millrace.learning.kernels.host.memory.HostMatrix;

/** Fills a matrix with random numbers. */
public final class Filling extends HostCall {
  private final RandomFilling filling;
  private final HostMatrix out;

  public Filling(RandomFilling filling, HostMatrix out) {
    super(out.buffer());
    this.filling = filling;
    this.out = out;
  }

  @Override
  protected void compute(int rows) {
    filling.fill(out.values(), out.start(rows), out.length(rows));
  }
}
