package io.millrace.predictor.following;

import io.millrace.learning.model.ExampleBatch;
import io.millrace.learning.model.Inference;
import io.millrace.learning.model.ModelDefinition;

/**
 * One compiled network with the weights of a version.
 *
 * @param text the definition as checkpoints carry it
 */
record NetworkComputation(
    String text, ModelDefinition definition, ModelSignature signature, Inference inference)
    implements Computation {
  @Override
  public ExampleBatch rows() {
    return inference.rows();
  }

  @Override
  public void run() {
    try {
      inference.run();
    } finally {
      rows().clear();
    }
  }

  @Override
  public float[] output(int index) {
    return inference.output(index);
  }
}
