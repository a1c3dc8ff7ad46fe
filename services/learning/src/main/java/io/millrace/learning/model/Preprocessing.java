package io.millrace.learning.model;

import io.millrace.learning.features.Preparation;
import io.millrace.learning.state.State;
import java.util.List;

/**
 * The preprocessing of every input before the network. Training and serving run the same code with
 * the same statistics. Owned by one thread.
 */
public final class Preprocessing {
  private final List<Preparation> inputs;

  public Preprocessing(List<InputSettings> inputs) {
    this.inputs = inputs.stream().map(input -> new Preparation(input.features())).toList();
  }

  /** Learns the statistics of the rows. */
  public void learn(ExampleBatch rows) {
    for (int i = 0; i < inputs.size(); i++) {
      inputs.get(i).learn(rows.input(i), rows.size());
    }
  }

  /**
   * Writes the network's inputs for the rows, which stay unchanged.
   *
   * @param target by input, at least {@code [rows, width]}
   */
  public void apply(ExampleBatch rows, float[][] target) {
    for (int i = 0; i < inputs.size(); i++) {
      inputs.get(i).apply(rows.input(i), target[i], rows.size());
    }
  }

  public void copyFrom(Preprocessing other) {
    for (int i = 0; i < inputs.size(); i++) {
      inputs.get(i).copyFrom(other.inputs.get(i));
    }
  }

  void save(State state) {
    for (int i = 0; i < inputs.size(); i++) {
      inputs.get(i).save(state.child("input_" + i));
    }
  }

  void restore(State state) {
    for (int i = 0; i < inputs.size(); i++) {
      inputs.get(i).restore(state.child("input_" + i));
    }
  }
}
