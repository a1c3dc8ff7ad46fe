package io.millrace.learning.kernels.host;

import io.millrace.learning.kernels.PartSquares;
import io.millrace.learning.optimizers.Optimizer;
import io.millrace.learning.optimizers.PartedGradient;
import java.util.List;

/** One step of an optimizer over whole vectors of parameters and gradients. */
final class Update extends HostCall {
  private final Optimizer optimizer;
  private final HostBuffer parameters;
  private final HostBuffer gradients;
  private final List<PartedGradient> parted;

  Update(
      Optimizer optimizer, HostBuffer parameters, HostBuffer gradients, List<PartSquares> parted) {
    super(parameters);
    this.optimizer = optimizer;
    this.parameters = parameters;
    this.gradients = gradients;
    this.parted = parted.stream().map(Update::parted).toList();
  }

  private static PartedGradient parted(PartSquares squares) {
    HostBuffer buffer = HostMatrix.host(squares.squares());
    return new PartedGradient(squares.offset(), buffer.length(), buffer.values());
  }

  @Override
  void compute(int rows) {
    optimizer.step(parameters.values, gradients.values, parted);
  }
}
