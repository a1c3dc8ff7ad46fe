package io.millrace.learning;

import io.millrace.learning.features.Preparation;
import io.millrace.learning.state.State;
import java.util.List;

/**
 * What happens to the values of every input before the network sees them; the same code, with the
 * same statistics, in training and in serving. Owned by one thread.
 */
final class Preprocessing {
  private final List<Preparation> inputs;

  Preprocessing(List<InputSettings> inputs) {
    this.inputs = inputs.stream().map(input -> new Preparation(input.features())).toList();
  }

  /** Learns the statistics of the rows. */
  void learn(Rows rows) {
    for (int i = 0; i < inputs.size(); i++) {
      inputs.get(i).learn(rows.input(i), rows.size());
    }
  }

  /**
   * Writes what the network sees of the rows, which stay as they are.
   *
   * @param target by input, {@code [rows, width]}, and maybe more
   */
  void apply(Rows rows, float[][] target) {
    for (int i = 0; i < inputs.size(); i++) {
      inputs.get(i).apply(rows.input(i), target[i], rows.size());
    }
  }

  void copyFrom(Preprocessing other) {
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
