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
  long sinceEvaluation;
  long sinceRoundEnded;
  long round = 1;
  long drifts;
  long newestTime = Long.MIN_VALUE;
  long evaluatedAt = Long.MIN_VALUE;
  long retrained;

  Counts counts() {
    return new Counts(trained, validated, rejected, scored, steps, evaluations);
  }

  /** Returns how many records were learned from or scored. */
  long learnedFrom() {
    return trained + scored;
  }

  /** Notes when a record happened. */
  void happened(long timeMillis) {
    newestTime = Math.max(newestTime, timeMillis);
    if (evaluatedAt == Long.MIN_VALUE) {
      evaluatedAt = timeMillis; // the first span begins with the first record
    }
  }

  void save(State state) {
    state.put("trained", trained);
    state.put("validated", validated);
    state.put("rejected", rejected);
    state.put("scored", scored);
    state.put("steps", steps);
    state.put("evaluations", evaluations);
    state.put("drifts", drifts);
    state.put("retrained", retrained);
    state.put("round", round);
    state.put("since_round_ended", sinceRoundEnded);
    state.put("since_evaluation", sinceEvaluation);
    state.put("newest_time", newestTime);
    state.put("evaluated_at", evaluatedAt);
  }

  void restore(State state) {
    trained = state.integer("trained");
    validated = state.integer("validated");
    rejected = state.integer("rejected");
    scored = state.integer("scored");
    steps = state.integer("steps");
    evaluations = state.integer("evaluations");
    drifts = state.integer("drifts");
    retrained = state.has("retrained") ? state.integer("retrained") : 0;
    round = state.integer("round");
    sinceRoundEnded = state.integer("since_round_ended");
    sinceEvaluation = state.integer("since_evaluation");
    newestTime = state.integer("newest_time");
    evaluatedAt = state.integer("evaluated_at");
  }
}
