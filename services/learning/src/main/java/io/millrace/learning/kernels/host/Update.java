package io.millrace.learning.kernels.host;

import io.millrace.learning.optimizers.Optimizer;

/** One step of an optimizer over whole vectors of parameters and gradients. */
final class Update extends HostCall {
  private final Optimizer optimizer;
  private final HostBuffer parameters;
  private final HostBuffer gradients;

  Update(Optimizer optimizer, HostBuffer parameters, HostBuffer gradients) {
    super(parameters);
    this.optimizer = optimizer;
    this.parameters = parameters;
    this.gradients = gradients;
  }

  @Override
  void compute(int rows) {
    optimizer.step(parameters.values, gradients.values);
  }
}
