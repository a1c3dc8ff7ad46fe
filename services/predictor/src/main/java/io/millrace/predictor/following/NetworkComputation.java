package io.millrace.predictor.following;

import io.millrace.learning.Inference;
import io.millrace.learning.Rows;

/** One network. */
record NetworkComputation(Inference inference) implements Computation {
  @Override
  public Rows rows() {
    return inference.rows();
  }

  @Override
  public void run() {
    inference.run();
  }

  @Override
  public float[] output(int index) {
    return inference.output(index);
  }
}
