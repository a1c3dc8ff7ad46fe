package io.millrace.learning.kernels.host;

/** Moves an average towards a new value. */
final class MovingAverage extends HostCall {
  private final HostBuffer value;
  private final HostBuffer average;
  private final float momentum;

  MovingAverage(HostBuffer value, HostBuffer average, float momentum) {
    super(average);
    this.value = value;
    this.average = average;
    this.momentum = momentum;
  }

  @Override
  void compute(int rows) {
    Loops.scale(average.values, average.offset, momentum, average.length());
    Loops.addScaled(
        1 - momentum, value.values, value.offset, average.values, average.offset, value.length());
  }
}
