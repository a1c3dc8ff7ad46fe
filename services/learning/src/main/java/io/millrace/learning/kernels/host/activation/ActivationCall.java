package io.millrace.learning.kernels.host.activation;

import io.millrace.learning.kernels.host.memory.HostMatrix;
import io.millrace.learning.kernels.host.memory.SharedCall;
import io.millrace.learning.kernels.host.memory.Team;

/** Applies an activation function to a matrix. */
public final class ActivationCall extends SharedCall {
  private final ActivationLoops[] loops;
  private final HostMatrix in;
  private final HostMatrix out;

  public ActivationCall(Team team, ActivationLoops[] loops, HostMatrix in, HostMatrix out) {
    super(team, out.buffer());
    this.loops = loops;
    this.in = in;
    this.out = out;
  }

  @Override
  protected int count(int rows) {
    return out.rows(rows);
  }

  @Override
  protected long operations(int rows) {
    return Team.OPERATIONS_PER_VALUE * out.length(rows);
  }

  @Override
  protected void compute(int rows, int part, int first, int end) {
    int columns = out.columns();
    int start = out.start(rows) + first * columns;
    int length = (end - first) * columns;
    int from = in.start(rows) + first * columns;
    if (in.values() != out.values() || from != start) {
      System.arraycopy(in.values(), from, out.values(), start, length);
    }
    loops[part].apply(out.values(), start, length);
  }
}
