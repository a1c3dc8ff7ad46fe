package io.millrace.learning.network;

import io.millrace.learning.kernels.Buffer;
import io.millrace.learning.kernels.Call;
import io.millrace.learning.kernels.Kernels;
import io.millrace.learning.kernels.Matrix;
import io.millrace.learning.state.State;
import java.util.List;

/** Averages the gradients of several backward passes for one update. */
final class GradientAccumulation {
  private static final int ONE_ROW = 1;

  private final int passes;
  private final Buffer mean;
  private final Call begin;
  private final Call add;
  private final Call average;
  private int added;

  GradientAccumulation(Kernels kernels, Buffer gradients, int passes) {
    this.passes = passes;
    mean = kernels.allocate(gradients.length());
    Matrix sum = Matrix.of(mean, mean.length());
    Matrix newest = Matrix.of(gradients, gradients.length());
    begin = kernels.copy(newest, sum);
    add = kernels.sum(List.of(sum, newest), sum);
    average = kernels.scale(sum, 1f / passes, sum);
  }

  /** Returns the mean, valid after {@link #add} has returned true. */
  Buffer mean() {
    return mean;
  }

  /** Adds the newest gradients; returns whether the mean of all passes is complete. */
  boolean add() {
    (added == 0 ? begin : add).run(ONE_ROW);
    added++;
    if (added < passes) {
      return false;
    }
    average.run(ONE_ROW);
    added = 0;
    return true;
  }

  void save(State state) {
    float[] sum = new float[mean.length()];
    mean.read(0, sum, 0, sum.length);
    state.put("added", added);
    state.put("sum", sum);
  }

  void restore(State state) {
    added = (int) state.integer("added");
    float[] sum = new float[mean.length()];
    state.read("sum", sum);
    mean.write(0, sum, 0, sum.length);
  }
}
