package io.millrace.learning;

import io.millrace.learning.state.State;

/** Counts what became of the records. Owned by one thread. */
final class Counter {
  long trained;
  long validated;
  long rejected;
  long scored;
  long steps;
  long evaluations;

  Counts counts() {
    return new Counts(trained, validated, rejected, scored, steps, evaluations);
  }

  void save(State state) {
    state.put("trained", trained);
    state.put("validated", validated);
    state.put("rejected", rejected);
    state.put("scored", scored);
    state.put("steps", steps);
    state.put("evaluations", evaluations);
  }

  void restore(State state) {
    trained = state.integer("trained");
    validated = state.integer("validated");
    rejected = state.integer("rejected");
    scored = state.integer("scored");
    steps = state.integer("steps");
    evaluations = state.integer("evaluations");
  }
}
