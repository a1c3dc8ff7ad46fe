package io.millrace.predictor.following;

import io.millrace.learning.model.ExampleBatch;
import io.millrace.learning.model.Inference;
import io.millrace.learning.model.ModelDefinition;
import java.util.Map;

/**
 * The networks of one version with its weights.
 *
 * @param common the definition as its checkpoint carries it, without the rivals
 */
record NetworkComputation(
    Map<String, Object> common,
    ModelDefinition definition,
    ModelSignature signature,
    Inference inference)
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
