package io.millrace.learning.model;

import io.millrace.learning.features.LinearScaling;
import io.millrace.learning.features.Preparation;
import io.millrace.learning.state.State;
import java.util.List;
import java.util.Optional;

/**
 * The preprocessing of every input before the network, and the scales of targets. Training and
 * serving run the same code with the same statistics. Owned by one thread.
 */
public final class Preprocessing {
  private final List<Preparation> inputs;
  private final TargetScales targets;
  private final List<Reconstruction> reconstructions;

  public Preprocessing(ModelDefinition definition) {
    inputs = definition.inputs().stream().map(input -> new Preparation(input.features())).toList();
    targets = new TargetScales(definition);
    reconstructions = Reconstruction.of(definition);
  }

  /** Learns the statistics of the rows' inputs. */
  public void learn(ExampleBatch rows) {
    for (int i = 0; i < inputs.size(); i++) {
      inputs.get(i).learn(rows.input(i), rows.size());
    }
  }

  /** Learns the statistics of the rows' targets. From then on, an output means another number. */
  public void learnTargets(ExampleBatch rows) {
    targets.learn(rows);
  }

  /**
   * Writes the network's inputs for the rows, and those targets of the rows that are these inputs.
   * What was decoded of the rows stays unchanged.
   *
   * @param target by input, at least {@code [rows, width]}
   */
  public void apply(ExampleBatch rows, float[][] target) {
    for (int i = 0; i < inputs.size(); i++) {
      inputs.get(i).apply(rows.input(i), target[i], rows.size());
    }
    for (int i = 0; i < reconstructions.size(); i++) { // an iterator would allocate
      reconstructions.get(i).write(target, rows);
    }
  }

  /**
   * Returns what was learned of an input whose numbers are only shifted and scaled; empty for any
   * other input.
   */
  public Optional<LinearScaling> linear(int input) {
    return inputs.get(input).linear();
  }

  /** Returns what was learned of an input, feature by feature. It follows what is learned. */
  public Preparation input(int index) {
    return inputs.get(index);
  }

  /**
   * Returns how the network's numbers for an output become targets, or their logarithms: number *
   * divisor + shift. Empty if the targets are not scaled.
   */
  public Optional<LinearScaling> targetScaling(int output) {
    return targets.scaling(output);
  }

  /** Returns the scales of targets, which follow what is learned. */
  TargetScales targets() {
    return targets;
  }

  public void copyFrom(Preprocessing other) {
    for (int i = 0; i < inputs.size(); i++) {
      inputs.get(i).copyFrom(other.inputs.get(i));
    }
    targets.copyFrom(other.targets);
  }

  /** Saves what was learned of one input. */
  void saveInput(int input, State state) {
    inputs.get(input).save(state);
  }

  /** Restores what was learned of an input that was the same. */
  void restoreInput(int input, State state) {
    inputs.get(input).restore(state);
  }

  void save(State state) {
    for (int i = 0; i < inputs.size(); i++) {
      inputs.get(i).save(state.child("input_" + i));
    }
    targets.save(state);
  }

  void restore(State state) {
    for (int i = 0; i < inputs.size(); i++) {
      inputs.get(i).restore(state.child("input_" + i));
    }
    targets.restore(state);
  }
}
