package io.millrace.learning.inspection;

import java.util.List;
import java.util.Optional;

/**
 * A look into a model at one moment. It holds no record. Immutable.
 *
 * @param records how many records had been trained on or scored
 * @param learningRate the rate of the next step
 * @param outputs what the model answers to the records of the validation window, for each output
 *     whose label is one class
 * @param weights all weights in the order of the layers, as they are evaluated and served
 * @param drift the drift detector, where there is one
 */
public record Inspection(
    long records,
    double learningRate,
    List<OutputInspection> outputs,
    List<WeightInspection> weights,
    Optional<DriftInspection> drift) {

  public Inspection {
    outputs = List.copyOf(outputs);
    weights = List.copyOf(weights);
  }
}
