package io.millrace.learning.kernels.host.elementwise;

import io.millrace.learning.kernels.PartSquares;
import io.millrace.learning.kernels.host.memory.HostBuffer;
import io.millrace.learning.kernels.host.memory.HostMatrix;
import io.millrace.learning.kernels.host.memory.SharedCall;
import io.millrace.learning.kernels.host.memory.Team;
import io.millrace.learning.optimizers.Optimizer;
import io.millrace.learning.optimizers.PartedGradient;
import java.util.List;

/** One step of an optimizer; threads share the parameters. */
public final class Update extends SharedCall {
  /**
   * The cost of a value for an optimizer with a root and a division, in the units of {@link Team}.
   */
  private static final long OPERATIONS_PER_VALUE = 2 * Team.OPERATIONS_PER_VALUE;

  private final Optimizer optimizer;
  private final HostBuffer parameters;
  private final HostBuffer gradients;
  private final List<PartedGradient> parted;

  public Update(
      Team team,
      Optimizer optimizer,
      HostBuffer parameters,
      HostBuffer gradients,
      List<PartSquares> parted) {
    super(team, parameters);
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
  protected int count(int rows) {
    return parameters.length();
  }

  @Override
  protected long operations(int rows) {
    return OPERATIONS_PER_VALUE * parameters.length();
  }

  @Override
  protected void prepare(int rows) {
    optimizer.prepareStep(gradients.values, parted);
  }

  @Override
  protected void compute(int rows, int part, int first, int end) {
    optimizer.change(parameters.values, gradients.values, first, end);
  }

  @Override
  protected void finish(int rows) {
    optimizer.finishStep();
  }
}
