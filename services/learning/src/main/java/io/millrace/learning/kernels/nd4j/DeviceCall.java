package io.millrace.learning.kernels.nd4j;

import io.millrace.learning.kernels.Call;
import java.util.List;

/**
 * A kernel whose operations are bound anew for each number of rows, and kept for the last few.
 *
 * <p>A learner uses few different numbers of rows: those of its batches and of the chunks of its
 * window.
 */
final class DeviceCall implements Call {
  private static final int KEPT = 8;

  private final Binding binding;
  private final int[] keptRows = new int[KEPT];
  private final Operation[][] kept = new Operation[KEPT][];
  private int next;

  /** Binds operations to the parts of buffers that {@code rows} rows take. */
  @FunctionalInterface
  interface Binding {
    List<Operation> bind(int rows);
  }

  private DeviceCall(Binding binding) {
    this.binding = binding;
  }

  static DeviceCall of(Binding binding) {
    return new DeviceCall(binding);
  }

  @Override
  public void run(int rows) {
    for (Operation operation : operations(rows)) {
      operation.run();
    }
  }

  private Operation[] operations(int rows) {
    for (int i = 0; i < KEPT; i++) {
      if (keptRows[i] == rows) {
        return kept[i];
      }
    }
    Operation[] bound = binding.bind(rows).toArray(Operation[]::new);
    keptRows[next] = rows;
    kept[next] = bound;
    next = (next + 1) % KEPT;
    return bound;
  }
}
