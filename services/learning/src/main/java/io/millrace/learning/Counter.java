package io.millrace.learning;

import io.millrace.learning.evaluation.EventTime;
import io.millrace.learning.state.State;

/** Counts records by what happened to them. Owned by one thread. */
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
  final EventTime time = new EventTime();
  long evaluatedAt = EventTime.NONE;
  long retrained;

  Counts counts() {
    return new Counts(trained, validated, rejected, scored, steps, evaluations);
  }

  /** Returns how many records were trained on or scored. */
  long learnedFrom() {
    return trained + scored;
  }

  /** Advances event time by a record's time. */
  void happened(long timeMillis) {
    time.happened(timeMillis);
    if (evaluatedAt < 0) {
      evaluatedAt = time.now(); // the first span begins with the first record
    }
  }

  /** Returns the event time since the last evaluation, in milliseconds. */
  long millisSinceEvaluation() {
    return Math.abs(time.now() - evaluatedAt); // time goes back when most timestamps were wrong
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
    time.save(state);
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
    time.restore(state);
    evaluatedAt = state.integer("evaluated_at");
  }
}
