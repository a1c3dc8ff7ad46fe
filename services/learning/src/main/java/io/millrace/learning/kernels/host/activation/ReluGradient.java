package io.millrace.learning.kernels.host.activation;

import io.millrace.learning.kernels.host.memory.HostMatrix;
import io.millrace.learning.kernels.host.memory.NativeCopy;
import io.millrace.learning.kernels.host.memory.SharedCall;
import io.millrace.learning.kernels.host.memory.Team;
import org.jspecify.annotations.Nullable;

/**
 * Zeroes gradients in place where the rectified values are zero, on the heap or in native memory,
 * wherever the values are.
 */
public final class ReluGradient extends SharedCall {
  private final Relu loops = new Relu();
  private final HostMatrix values;
  private final HostMatrix gradients;
  private final NativeCopy valuesCopy;
  private final NativeCopy gradientsCopy;
  private final @Nullable PreparedReluGradient[] parts;
  private boolean isNative;

  public ReluGradient(Team team, HostMatrix values, HostMatrix gradients) {
    super(team);
    this.values = values;
    this.gradients = gradients;
    this.valuesCopy = values.nativeCopy(team);
    this.gradientsCopy = gradients.nativeCopy(team);
    this.parts = new PreparedReluGradient[team.size()];
  }

  @Override
  protected int count(int rows) {
    return gradients.rows(rows);
  }

  @Override
  protected long operations(int rows) {
    return Team.OPERATIONS_PER_VALUE * gradients.length(rows);
  }

  @Override
  protected void prepare(int rows) {
    isNative = valuesCopy.isAhead() && gradientsCopy.isAhead();
    if (!isNative) {
      values.buffer().catchUp();
      gradients.buffer().catchUp();
    }
  }

  @Override
  protected void compute(int rows, int part, int first, int end) {
    int start = first * gradients.columns();
    int length = (end - first) * gradients.columns();
    if (!isNative) {
      int from = gradients.start(rows) + start;
      loops.multiplyDerivative(values.values(), gradients.values(), from, length);
    } else if (length > 0) {
      prepared(part, start, length).run();
    }
  }

  @Override
  protected void finish(int rows) {
    if (isNative) {
      gradients.buffer().writtenNatively();
    } else {
      gradients.buffer().written();
    }
  }

  /** Returns the operation on a thread's range, which never changes. */
  private PreparedReluGradient prepared(int part, int start, int length) {
    PreparedReluGradient prepared = parts[part];
    if (prepared == null) {
      prepared = new PreparedReluGradient(valuesCopy.at(start), gradientsCopy.at(start), length);
      parts[part] = prepared;
    }
    return prepared;
  }
}
