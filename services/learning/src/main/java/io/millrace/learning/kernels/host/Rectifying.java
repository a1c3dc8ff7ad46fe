package io.millrace.learning.kernels.host;

import org.bytedeco.javacpp.FloatPointer;
import org.jspecify.annotations.Nullable;

/** Sets what is below zero to zero, in place, where the values are. */
final class Rectifying extends SharedCall {
  private final Relu loops = new Relu();
  private final HostMatrix values;
  private final NativeCopy copy;
  private final @Nullable PreparedRelu[] parts;
  private boolean isNative;

  Rectifying(Team team, HostMatrix values) {
    super(team);
    this.values = values;
    this.copy = values.nativeCopy(team);
    this.parts = new PreparedRelu[team.size()];
  }

  @Override
  int count(int rows) {
    return values.rows(rows);
  }

  @Override
  long operations(int rows) {
    return Team.OPERATIONS_PER_VALUE * values.length(rows);
  }

  @Override
  void prepare(int rows) {
    isNative = copy.isAhead();
  }

  @Override
  void compute(int rows, int part, int first, int end) {
    int start = first * values.columns();
    int length = (end - first) * values.columns();
    if (!isNative) {
      loops.apply(values.values(), values.start(rows) + start, length);
    } else if (length > 0) {
      prepared(part, start, length).run();
    }
  }

  @Override
  void finish(int rows) {
    if (isNative) {
      values.buffer().writtenNatively();
    } else {
      values.buffer().written();
    }
  }

  /** Returns the operation on the range of one thread, which is always the same. */
  private PreparedRelu prepared(int part, int start, int length) {
    PreparedRelu prepared = parts[part];
    if (prepared == null) {
      FloatPointer range = copy.at(start);
      prepared = PreparedRelu.forward(range, length);
      parts[part] = prepared;
    }
    return prepared;
  }
}
