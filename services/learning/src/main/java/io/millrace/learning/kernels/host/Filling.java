package io.millrace.learning.kernels.host;

import io.millrace.learning.kernels.RandomFilling;

/** Fills a matrix with random numbers. */
final class Filling extends HostCall {
  private final RandomFilling filling;
  private final HostMatrix out;

  Filling(RandomFilling filling, HostMatrix out) {
    super(out.buffer());
    this.filling = filling;
    this.out = out;
  }

  @Override
  void compute(int rows) {
    filling.fill(out.values(), out.start(rows), out.length(rows));
  }
}
