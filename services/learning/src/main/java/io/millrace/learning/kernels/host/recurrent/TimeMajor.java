package io.millrace.learning.kernels.host.recurrent;

import io.millrace.learning.kernels.host.memory.HostCall;
import io.millrace.learning.kernels.host.memory.HostMatrix;

/** Swaps the batch and step axes. */
public final class TimeMajor extends HostCall {
  private final HostMatrix examplesFirst;
  private final HostMatrix timeMajor;
  private final boolean isReversed;
  private final boolean toSteps;

  /**
   * @param toSteps whether the result has the steps first, or the examples
   */
  public TimeMajor(
      HostMatrix examplesFirst, HostMatrix timeMajor, boolean isReversed, boolean toSteps) {
    super(toSteps ? timeMajor.buffer() : examplesFirst.buffer());
    this.examplesFirst = examplesFirst;
    this.timeMajor = timeMajor;
    this.isReversed = isReversed;
    this.toSteps = toSteps;
  }

  @Override
  protected void compute(int rows) {
    int steps = examplesFirst.rowsPerExample();
    int columns = examplesFirst.columns();
    for (int example = 0; example < rows; example++) {
      for (int step = 0; step < steps; step++) {
        int place = isReversed ? steps - 1 - step : step;
        int inExamples = examplesFirst.start(rows) + (example * steps + place) * columns;
        int inSteps = timeMajor.start(rows) + (step * rows + example) * columns;
        if (toSteps) {
          copy(examplesFirst, inExamples, timeMajor, inSteps);
        } else {
          copy(timeMajor, inSteps, examplesFirst, inExamples);
        }
      }
    }
  }

  private static void copy(HostMatrix from, int fromStart, HostMatrix to, int toStart) {
    System.arraycopy(from.values(), fromStart, to.values(), toStart, from.columns());
  }
}
