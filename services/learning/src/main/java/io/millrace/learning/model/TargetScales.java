package io.millrace.learning.model;

import io.millrace.learning.features.LinearScaling;
import io.millrace.learning.state.State;
import io.millrace.learning.targets.TargetScale;
import io.millrace.learning.targets.TargetScaling;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** The scales of those outputs whose targets are scaled. Owned by one thread. */
final class TargetScales {
  private final int[] outputs;
  private final TargetScale[] scales;

  TargetScales(ModelDefinition definition) {
    int[] widths = definition.targetWidths();
    outputs = scaledOutputs(definition);
    scales = new TargetScale[outputs.length];
    for (int i = 0; i < scales.length; i++) {
      TargetScaling scaling = definition.outputs().get(outputs[i]).targetScaling();
      scales[i] = new TargetScale(scaling, widths[outputs[i]]);
    }
  }

  /** Returns the indices of the outputs whose targets are scaled. */
  private static int[] scaledOutputs(ModelDefinition definition) {
    return IntStream.range(0, definition.outputs().size())
        .filter(i -> definition.outputs().get(i).targetScaling() != TargetScaling.NONE)
        .toArray();
  }

  /** Returns whether no targets are scaled. */
  boolean isEmpty() {
    return scales.length == 0;
  }

  /** Returns arrays for the numbers of scaled outputs, empty ones for the others. */
  float[][] memory(ModelDefinition definition, int rows) {
    int[] widths = definition.targetWidths();
    float[][] memory = new float[widths.length][0];
    for (int output : outputs) {
      memory[output] = new float[rows * widths[output]];
    }
    return memory;
  }

  void learn(ExampleBatch rows) {
    for (int i = 0; i < scales.length; i++) {
      scales[i].learn(rows.target(outputs[i]), rows.weights(), rows.size());
    }
  }

  /** Writes the scaled targets. */
  void scale(float[][] targets, float[][] scaled, int rows) {
    for (int i = 0; i < scales.length; i++) {
      scales[i].scale(targets[outputs[i]], scaled[outputs[i]], rows);
    }
  }

  /** Writes the predictions in the units of the targets. */
  void unscale(IntFunction<float[]> networkOutputs, float[][] predictions, int rows) {
    for (int i = 0; i < scales.length; i++) {
      scales[i].unscale(networkOutputs.apply(outputs[i]), predictions[outputs[i]], rows);
    }
  }

  /** Returns the scale of an output's targets; empty if they are not scaled. */
  Optional<LinearScaling> scaling(int output) {
    return IntStream.range(0, outputs.length)
        .filter(i -> outputs[i] == output)
        .mapToObj(i -> scales[i].linear())
        .findFirst();
  }

  void copyFrom(TargetScales other) {
    for (int i = 0; i < scales.length; i++) {
      scales[i].copyFrom(other.scales[i]);
    }
  }

  void save(State state) {
    for (int i = 0; i < scales.length; i++) {
      scales[i].save(state.child("target_" + outputs[i]));
    }
  }

  void restore(State state) {
    for (int i = 0; i < scales.length; i++) {
      scales[i].restore(state.child("target_" + outputs[i]));
    }
  }
}
