package io.millrace.learning.kernels.nd4j;

import io.millrace.learning.kernels.Matrix;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The swap of the batch and step axes; // [n, steps, columns] <-> [steps, n, columns]. */
final class StepsExchange {
  private StepsExchange() {}

  static Operation toStepsFirst(Matrix in, Matrix out, boolean isReversed, int rows) {
    return exchange(examplesFirst(in, rows), timeMajor(out, in, rows), isReversed);
  }

  static Operation toExamplesFirst(Matrix in, Matrix out, boolean isReversed, int rows) {
    return exchange(timeMajor(in, out, rows), examplesFirst(out, rows), isReversed);
  }

  private static Operation exchange(INDArray in, INDArray out, boolean isReversed) {
    return isReversed
        ? NativeOperation.named("reverse").reads(in).writes(out).integers(0)
        : ElementOperations.copy(in, out);
  }

  /** Returns a matrix whose rows are grouped by example, viewed with the steps first. */
  private static INDArray examplesFirst(Matrix matrix, int rows) {
    return Views.of(matrix, rows, rows, matrix.rowsPerExample(), matrix.columns()).permute(1, 0, 2);
  }

  private static INDArray timeMajor(Matrix matrix, Matrix examplesFirst, int rows) {
    return Views.of(matrix, rows, examplesFirst.rowsPerExample(), rows, examplesFirst.columns());
  }
}
