package io.millrace.learning;

import io.millrace.learning.evaluation.EventTime;
import io.millrace.learning.evaluation.ValidationSettings;
import io.millrace.learning.state.State;

/**
 * Counts what became of the records. It is the learner's; whoever deals with records says what it
 * did, and only the counter counts. Owned by one thread.
 */
final class Counter {
  private final EventTime time = new EventTime();
  private long trained;
  private long validated;
  private long rejected;
  private long scored;
  private long trainedAgain;
  private long steps;
  private long evaluations;
  private long sinceEvaluation;
  private long evaluatedAt = EventTime.NONE;
  private long round = 1;
  private long sinceRoundEnded;
  private long drifts;

  Counts counts() {
    return new Counts(trained, validated, rejected, scored, steps, evaluations);
  }

  /** Returns how many records were trained on or scored. */
  long learnedFrom() {
    return trained + scored;
  }

  /** Returns how many records were dealt with, each counted once. */
  long consumed() {
    return learnedFrom() + validated + rejected;
  }

  /** Returns how many records were trained after they had been counted. */
  long learnedAgain() {
    return trainedAgain;
  }

  /** Returns the number of the round under way, from 1 on. */
  long round() {
    return round;
  }

  /** Returns how many records were scored and not trained since a round ended. */
  long sinceRoundEnded() {
    return sinceRoundEnded;
  }

  long drifts() {
    return drifts;
  }

  /** Returns what time it is by the records. */
  long now() {
    return time.now();
  }

  /** Returns when a record of that timestamp happened: none happens later than now. */
  long timeOf(long timeMillis) {
    return time.of(timeMillis);
  }

  /** Returns whether so many records have passed, or so much of their time, that one is due. */
  boolean isEvaluationDue(ValidationSettings validating) {
    return validating.evaluateSpan().isPresent() // a lambda here would be garbage, every step
            && time.now() != EventTime.NONE
        ? millisSinceEvaluation() >= validating.evaluateSpan().get().toMillis()
        : sinceEvaluation >= validating.evaluateEvery();
  }

  /** A record happened at that time. */
  void happened(long timeMillis) {
    time.happened(timeMillis);
    if (evaluatedAt < 0) {
      evaluatedAt = time.now(); // the first span begins with the first record
    }
  }

  /** Records were trained for the first time. */
  void trained(int records) {
    trained += records;
  }

  /** Records were trained that had been counted before. */
  void trainedAgain(int records) {
    trainedAgain += records;
  }

  /** Records were scored and not trained. */
  void scored(int records) {
    scored += records;
    sinceRoundEnded += records;
  }

  /** A record was held out. */
  void validated() {
    validated++;
  }

  /** A record could not be decoded. */
  void rejected() {
    rejected++;
  }

  /** A mini-batch of so many records was dealt with: the next evaluation is as much nearer. */
  void passed(int records) {
    sinceEvaluation += records;
  }

  /** The optimizer made a step. */
  void stepped() {
    steps++;
  }

  /** An evaluation was due, whether or not the window held enough for it. */
  void evaluationBegan() {
    sinceEvaluation = 0;
    evaluatedAt = time.now();
  }

  /** The model was evaluated. */
  void evaluated() {
    evaluations++;
  }

  /** A drift was detected. */
  void drifted() {
    drifts++;
  }

  /** The next round began. */
  void roundBegan() {
    round++;
    sinceRoundEnded = 0;
  }

  /** The round ended: records are scored only. */
  void roundEnded() {
    sinceRoundEnded = 0;
  }

  void save(State state) {
    state.put("trained", trained);
    state.put("validated", validated);
    state.put("rejected", rejected);
    state.put("scored", scored);
    state.put("steps", steps);
    state.put("evaluations", evaluations);
    state.put("drifts", drifts);
    state.put("retrained", trainedAgain);
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
    trainedAgain = state.has("retrained") ? state.integer("retrained") : 0;
    round = state.integer("round");
    sinceRoundEnded = state.integer("since_round_ended");
    sinceEvaluation = state.integer("since_evaluation");
    time.restore(state);
    evaluatedAt = state.integer("evaluated_at");
  }

  /** Returns how far the records' time is from that of the last evaluation. */
  private long millisSinceEvaluation() {
    return Math.abs(time.now() - evaluatedAt); // it was wrong where time has gone back
  }
}
