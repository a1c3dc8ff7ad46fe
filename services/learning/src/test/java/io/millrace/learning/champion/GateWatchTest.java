package io.millrace.learning.champion;

import static io.millrace.learning.champion.FedLearner.FALSE;
import static io.millrace.learning.champion.FedLearner.TRUE;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.learning.champion.Gate.Mode;
import io.millrace.learning.champion.GateDecision.Outcome;
import io.millrace.learning.state.State;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which weights the gate compares, and on exactly which records. */
class GateWatchTest {
  private FedLearner stream;
  private Gate gate;
  private State right;

  /** Serves, as version 1, weights that learned the right labels. */
  @BeforeEach
  void serveTheFirstVersion() {
    stream = new FedLearner(0.1);
    gate = stream.newGate();
    stream.feed(3000, TRUE, TRUE);
    gate.apply(decide(gate), 1);
    right = stream.learner().weights();
  }

  @Test
  void apply_decisionToAdvance_servesTheCurrentWeights() {
    assertThat(gate.champion()).isOne();
    assertThat(isServed(right)).isTrue();
  }

  @Test
  void decide_recordsForAComparison_areAsManyAsTheSettingsSay() {
    // When
    stream.holdOut(29, TRUE);
    GateDecision tooFew = decide(gate);
    stream.holdOut(1, TRUE);
    GateDecision enough = decide(gate);

    // Then
    assertThat(tooFew).isEqualTo(GateDecision.ADVANCE);
    assertThat(enough.records()).isEqualTo(30);
  }

  @Test
  void decide_challenge_needsAsManyRecords() {
    // Given
    learnWrongLabels();
    gate.challenge(0);

    // When
    stream.holdOut(29, FALSE);
    GateDecision tooFew = decide(gate);
    stream.holdOut(1, FALSE);
    boolean verdict = gate.hasVerdict(); // before any decision has read the current weights
    GateDecision enough = decide(gate);

    // Then
    assertThat(tooFew).isEqualTo(GateDecision.STAY);
    assertThat(verdict).isTrue();
    assertThat(enough.outcome()).isEqualTo(Outcome.PROMOTE);
    assertThat(enough.records()).isEqualTo(30);
  }

  @Test
  void apply_decisionToPromote_servesTheCurrentWeights() {
    // Given
    State wrong = learnWrongLabels();
    gate.challenge(0);
    stream.holdOut(30, FALSE);

    // When
    gate.apply(decide(gate), 2);

    // Then
    assertThat(gate.champion()).isEqualTo(2);
    assertThat(isServed(wrong)).isTrue();
  }

  @Test
  void apply_decisionToRollBack_servesThePredecessorsWeights() {
    // Given
    learnWrongLabels();
    gate.advance(2);

    // When
    stream.holdOut(29, TRUE);
    Outcome onTooFew = decide(gate).outcome();
    stream.holdOut(1, TRUE);
    GateDecision decision = decide(gate);
    long watched = watched(gate);
    gate.apply(decision, 3);

    // Then
    assertThat(onTooFew).isNotEqualTo(Outcome.ROLL_BACK);
    assertThat(decision.outcome()).isEqualTo(Outcome.ROLL_BACK);
    assertThat(decision.records()).isEqualTo(30);
    assertThat(watched).isEqualTo(30);
    assertThat(watched(gate)).isZero();
    assertThat(gate.champion()).isOne();
    assertThat(gate.mode()).isEqualTo(Mode.CHALLENGING);
    assertThat(isServed(right)).isTrue();
  }

  @Test
  void observe_championThatStoodItsWatch_isWhatTheNextGoesBackTo() {
    // Given: version 2 is as good as version 1, with other weights
    stream.feed(800, TRUE, TRUE);
    State second = stream.learner().weights();
    gate.advance(2);
    stream.holdOut(199, TRUE);
    gate.observe();
    long before = gate.predecessor();
    long watchedBefore = watched(gate);

    // When
    stream.holdOut(1, TRUE);
    gate.observe();
    long after = gate.predecessor();
    long watchedAfter = watched(gate);
    learnWrongLabels();
    gate.observe();
    gate.advance(3);
    stream.holdOut(30, TRUE);
    gate.apply(decide(gate), 4);

    // Then
    assertThat(before).isOne();
    assertThat(watchedBefore).isEqualTo(199);
    assertThat(after).isEqualTo(2);
    assertThat(watchedAfter).isZero();
    assertThat(gate.champion()).isEqualTo(2);
    assertThat(isServed(second)).isTrue();
  }

  @Test
  void begin_aSecondWatch_forgetsTheRecordsOfTheFirst() {
    // Given
    stream.feed(80, TRUE, TRUE);
    gate.advance(2);
    stream.holdOut(50, TRUE);
    gate.observe();
    long first = watched(gate);

    // When
    gate.promote(3);

    // Then
    assertThat(first).isEqualTo(50);
    assertThat(watched(gate)).isZero();
    assertThat(gate.predecessor()).isEqualTo(2);
  }

  @Test
  void pin_aVersion_servesItsWeightsAndIsNeverJudged() {
    // Given
    State wrong = learnWrongLabels();

    // When
    gate.pin(7, wrong, false);
    stream.holdOut(100, TRUE);
    gate.observe();

    // Then
    assertThat(gate.hasVerdict()).isFalse();
    assertThat(decide(gate).outcome()).isEqualTo(Outcome.STAY);
    assertThat(isServed(wrong)).isTrue();
  }

  @Test
  void restore_inAWatch_goesBackToTheSameWeightsOnTheSameRecords() {
    // Given
    State wrong = learnWrongLabels();
    gate.advance(2);
    stream.holdOut(20, TRUE);
    gate.observe();

    // When
    Gate restored = restored(gate, 2, wrong);
    restored.restorePredecessor(right);
    stream.holdOut(10, TRUE);
    GateDecision decision = decide(gate);
    GateDecision again = decide(restored);
    restored.apply(again, 3);
    gate = restored;

    // Then
    assertThat(decision.outcome()).isEqualTo(Outcome.ROLL_BACK);
    assertThat(again).isEqualTo(decision);
    assertThat(isServed(right)).isTrue();
  }

  @Test
  void restoreChampion_anotherVersionThanTheSavedOne_isServed() {
    // Given
    State wrong = learnWrongLabels();

    // When
    gate = restored(gate, 5, wrong);

    // Then
    assertThat(gate.champion()).isEqualTo(5);
    assertThat(isServed(wrong)).isTrue();
  }

  private static GateDecision decide(Gate gate) {
    gate.observe();
    return gate.decide(true);
  }

  private State learnWrongLabels() {
    stream.feed(2400, FALSE, FALSE);
    return stream.learner().weights();
  }

  private Gate restored(Gate saved, long champion, State weights) {
    State state = new State();
    saved.save(state);
    Gate restored = stream.newGate();
    restored.restore(state);
    restored.restoreChampion(champion, weights);
    return restored;
  }

  private static long watched(Gate gate) {
    State state = new State();
    gate.save(state);
    return state.child("watched").integer("count");
  }

  /**
   * Returns whether the gate judges a challenger as one that certainly serves these weights. The
   * rounding of a loss depends on how many records are scored together.
   */
  private boolean isServed(State weights) {
    Gate certain = stream.newGate();
    certain.pin(1, weights, false);
    stream.feed(800, FALSE, TRUE);
    certain.challenge(100);
    gate.challenge(100);
    GateDecision expected = certain.decide(true);
    GateDecision actual = gate.decide(true);
    assertThat(expected.records()).isEqualTo(100);
    assertThat(Math.abs(expected.improvement())).isGreaterThan(0.01);
    return actual.records() == 100
        && Math.abs(actual.improvement() - expected.improvement()) < 1e-5;
  }
}
