package io.millrace.learning;

import io.millrace.learning.state.State;
import java.util.List;
import java.util.Optional;

/**
 * What happens to the values of every input before the network sees them; the same code, with the
 * same statistics, in training and in serving. Owned by one thread.
 */
final class Preprocessing {
  private final List<Optional<Standardization>> inputs;

  Preprocessing(List<InputSettings> inputs) {
    this.inputs =
        inputs.stream()
            .map(
                input ->
                    input.scaling() == Scaling.STANDARD
                        ? Optional.of(new Standardization(input.size()))
                        : Optional.<Standardization>empty())
            .toList();
  }

  /** Learns the statistics of the rows. */
  void learn(Rows rows) {
    for (int i = 0; i < inputs.size(); i++) {
      if (inputs.get(i).isPresent()) {
        inputs.get(i).get().learn(rows.input(i), rows.size());
      }
    }
  }

  /** Replaces the inputs of the rows by what the network sees. */
  void apply(Rows rows) {
    for (int i = 0; i < inputs.size(); i++) {
      if (inputs.get(i).isPresent()) {
        inputs.get(i).get().apply(rows.input(i), rows.size());
      }
    }
  }

  void copyFrom(Preprocessing other) {
    for (int i = 0; i < inputs.size(); i++) {
      if (inputs.get(i).isPresent()) {
        inputs.get(i).get().copyFrom(other.inputs.get(i).orElseThrow());
      }
    }
  }

  void save(State state) {
    for (int i = 0; i < inputs.size(); i++) {
      State child = state.child("input_" + i);
      inputs.get(i).ifPresent(standardization -> standardization.save(child));
    }
  }

  void restore(State state) {
    for (int i = 0; i < inputs.size(); i++) {
      State child = state.child("input_" + i);
      inputs.get(i).ifPresent(standardization -> standardization.restore(child));
    }
  }
}
