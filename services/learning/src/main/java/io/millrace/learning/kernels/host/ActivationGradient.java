package io.millrace.learning.kernels.host;

/** Turns the gradient of an activation's output into that of its input, in place. */
final class ActivationGradient extends HostCall {
  private final ActivationLoops loops;
  private final HostMatrix reference;
  private final HostMatrix gradient;

  /**
   * @param reference the output of the activation, or its input where the derivative is one of it
   */
  ActivationGradient(ActivationLoops loops, HostMatrix reference, HostMatrix gradient) {
    super(gradient.buffer());
    this.loops = loops;
    this.reference = reference;
    this.gradient = gradient;
    if (reference.start(1) != gradient.start(1) || reference.start(0) != gradient.start(0)) {
      throw new IllegalArgumentException("An activation and its gradient begin at other places");
    }
  }

  @Override
  void compute(int rows) {
    loops.multiplyDerivative(
        reference.values(), gradient.values(), gradient.start(rows), gradient.length(rows));
  }
}
