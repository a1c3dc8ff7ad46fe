package io.millrace.predictor.following;

import io.millrace.learning.model.ExampleBatch;

/** A computation that fails if a row's second input is 13. */
final class FailingComputation implements Computation {
  private final Computation computation;

  FailingComputation(Computation computation) {
    this.computation = computation;
  }

  @Override
  public ExampleBatch rows() {
    return computation.rows();
  }

  @Override
  public void run() {
    int rows = rows().size();
    for (int row = 0; row < rows; row++) {
      if (rows().input(1)[row] == 13) {
        rows().clear();
        throw new IndexOutOfBoundsException("nobody foresaw 13");
      }
    }
    computation.run();
  }

  @Override
  public float[] output(int index) {
    return computation.output(index);
  }
}
