package io.millrace.learning.kernels.host.activation;

import io.millrace.learning.kernels.host.memory.HostMatrix;
import io.millrace.learning.kernels.host.memory.SharedCall;
import io.millrace.learning.kernels.host.memory.Team;

/** Turns the gradient of an activation's output into that of its input, in place. */
public final class ActivationGradient extends SharedCall {
  private final ActivationLoops[] loops;
  private final HostMatrix reference;
  private final HostMatrix gradient;

  /**
   * @param reference the output of the activation, or its input if the derivative needs it
   */
  public ActivationGradient(
      Team team, ActivationLoops[] loops, HostMatrix reference, HostMatrix gradient) {
    super(team, gradient.buffer());
    this.loops = loops;
    this.reference = reference;
    this.gradient = gradient;
    if (reference.start(1) != gradient.start(1) || reference.start(0) != gradient.start(0)) {
      throw new IllegalArgumentException("An activation and its gradient begin at other places");
    }
  }

  @Override
  protected int count(int rows) {
    return gradient.rows(rows);
  }

  @Override
  protected long operations(int rows) {
    return Team.OPERATIONS_PER_VALUE * gradient.length(rows);
  }

  @Override
  protected void compute(int rows, int part, int first, int end) {
    int columns = gradient.columns();
    int start = gradient.start(rows) + first * columns;
    loops[part].multiplyDerivative(
        reference.values(), gradient.values(), start, (end - first) * columns);
  }
}
