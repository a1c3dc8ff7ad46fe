package io.millrace.learning;

import io.millrace.learning.evaluation.EventTime;
import io.millrace.learning.evaluation.ValidationSettings;
import io.millrace.learning.state.State;

/**
 * Counts records by what happened to them. The learner owns it; its parts report what they did.
 * Owned by one thread.
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

  /** Returns how many records were trained on, repetitions not counted. */
  long trained() {
    return trained;
  }

  /** Returns how often the model was evaluated. */
  long evaluations() {
    return evaluations;
  }

  /** Returns how many records were trained on or scored. */
  long learnedFrom() {
    return trained + scored;
  }

  /** Returns how many records were trained on, scored, held out or rejected. */
  long consumed() {
    return learnedFrom() + validated + rejected;
  }

  /** Returns how many records were trained again after a rewind. */
  long learnedAgain() {
    return trainedAgain;
  }

  /** Returns the number of the current round, from 1 on. */
  long round() {
    return round;
  }

  /** Returns how many records were scored, but not trained on, since the round ended. */
  long sinceRoundEnded() {
    return sinceRoundEnded;
  }

  long drifts() {
    return drifts;
  }

  /** Returns the current event time, in milliseconds. */
  long now() {
    return time.now();
  }

  /** Returns the event time of a record: its timestamp, but no later than now. */
  long timeOf(long timeMillis) {
    return time.of(timeMillis);
  }

  /** Returns whether an evaluation is due by the records or the event time since the last one. */
  boolean isEvaluationDue(ValidationSettings validating) {
    return validating.evaluateSpan().isPresent() // a lambda would allocate at every step
            && time.now() != EventTime.NONE
        ? millisSinceEvaluation() >= validating.evaluateSpan().get().toMillis()
        : sinceEvaluation >= validating.evaluateEvery();
  }

  /** Advances event time by a record's time. */
  void happened(long timeMillis) {
    time.happened(timeMillis);
    if (evaluatedAt < 0) {
      evaluatedAt = time.now(); // the first span begins with the first record
    }
  }

  /** Counts records that were trained on for the first time. */
  void trained(int records) {
    trained += records;
  }

  /** Counts records that were trained on again after a rewind. */
  void trainedAgain(int records) {
    trainedAgain += records;
  }

  /** Counts records that were scored, but not trained on. */
  void scored(int records) {
    scored += records;
    sinceRoundEnded += records;
  }

  /** Counts a record that was held out. */
  void validated() {
    validated++;
  }

  /** Counts a record that could not be decoded. */
  void rejected() {
    rejected++;
  }

  /** Counts the records of a mini-batch towards the next evaluation. */
  void passed(int records) {
    sinceEvaluation += records;
  }

  /** Counts a step of the optimizer. */
  void stepped() {
    steps++;
  }

  /** Starts to count towards the next evaluation. */
  void evaluationBegan() {
    sinceEvaluation = 0;
    evaluatedAt = time.now();
  }

  /** Counts an evaluation. */
  void evaluated() {
    evaluations++;
  }

  /** Counts a detected drift. */
  void drifted() {
    drifts++;
  }

  /** Counts a new round. */
  void roundBegan() {
    round++;
    sinceRoundEnded = 0;
  }

  /** Starts to count the records scored since the round ended. */
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
