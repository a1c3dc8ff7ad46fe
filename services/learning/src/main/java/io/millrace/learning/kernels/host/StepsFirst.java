package io.millrace.learning.kernels.host;

/** Exchanges the axes of batch and steps. */
final class StepsFirst extends HostCall {
  private final HostMatrix examplesFirst;
  private final HostMatrix stepsFirst;
  private final boolean isReversed;
  private final boolean toSteps;

  /**
   * @param toSteps whether the steps are to come first, or the examples
   */
  StepsFirst(HostMatrix examplesFirst, HostMatrix stepsFirst, boolean isReversed, boolean toSteps) {
    super(toSteps ? stepsFirst.buffer() : examplesFirst.buffer());
    this.examplesFirst = examplesFirst;
    this.stepsFirst = stepsFirst;
    this.isReversed = isReversed;
    this.toSteps = toSteps;
  }

  @Override
  void compute(int rows) {
    int steps = examplesFirst.rowsPerExample();
    int columns = examplesFirst.columns();
    for (int example = 0; example < rows; example++) {
      for (int step = 0; step < steps; step++) {
        int place = isReversed ? steps - 1 - step : step;
        int inExamples = examplesFirst.start(rows) + (example * steps + place) * columns;
        int inSteps = stepsFirst.start(rows) + (step * rows + example) * columns;
        if (toSteps) {
          copy(examplesFirst, inExamples, stepsFirst, inSteps);
        } else {
          copy(stepsFirst, inSteps, examplesFirst, inExamples);
        }
      }
    }
  }

  private static void copy(HostMatrix from, int fromStart, HostMatrix to, int toStart) {
    System.arraycopy(from.values(), fromStart, to.values(), toStart, from.columns());
  }
}
