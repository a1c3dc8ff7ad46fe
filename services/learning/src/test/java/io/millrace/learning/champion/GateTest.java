package io.millrace.learning.champion;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.learning.Learner;
import io.millrace.learning.LearnerSettings;
import io.millrace.learning.champion.Gate.Mode;
import io.millrace.learning.champion.GateDecision.Outcome;
import io.millrace.learning.model.ExampleBatch;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.random.RandomStream;
import io.millrace.learning.state.State;
import io.millrace.settings.Section;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GateTest {
  private static final IntUnaryOperator TRUE = label -> label;
  private static final IntUnaryOperator FALSE = label -> (label + 1) % 3;

  private Learner learner;
  private Gate gate;
  private int record;
  private long sequence;

  @BeforeEach
  void startLearner() {
    Section root = Section.root(document());
    ModelDefinition definition = ModelDefinition.read(root).inSinglePrecision();
    learner = new Learner(definition, LearnerSettings.read(root, definition));
    gate = learner.newGate(gateSettings());
  }

  @Test
  void decide_learnerThatRunsOn_advancesAndTheOldChampionIsThePredecessor() {
    // Given
    feedAndAdvance(300);

    // When
    feed(1000, TRUE, TRUE);
    GateDecision decision = decide(gate, true);
    gate.advance(++sequence);

    // Then
    assertThat(decision.outcome()).isEqualTo(Outcome.ADVANCE);
    assertThat(decision.records()).isPositive();
    assertThat(gate.champion()).isEqualTo(2);
    assertThat(gate.predecessor()).isEqualTo(1);
  }

  @Test
  void decide_learnerOfWrongLabels_isVetoed() {
    // Given
    feedAndAdvance(3000);

    // When
    feed(1000, FALSE, TRUE);
    GateDecision decision = decide(gate, false);

    // Then
    assertThat(decision.outcome()).isEqualTo(Outcome.VETO);
    assertThat(decision.improvement()).isNegative();
  }

  @Test
  void decide_weightsThatAnswerNothingFinite_areNotServed() {
    // Given
    feedAndAdvance(3000);
    for (float weight : new float[] {Float.NaN, 1e30f}) {
      State weights = learner.weights();
      float[] parameters = weights.floats("parameters");
      Arrays.fill(parameters, weight);
      weights.put("parameters", parameters);

      // When
      learner.restore(weights, learner.state());

      // Then
      assertThat(decide(gate, false)).isEqualTo(GateDecision.STAY);
    }
  }

  @Test
  void decide_challengerOfOtherWeights_isPromotedOnceItIsBetterOnTheNewRecords() {
    // Given
    feedAndAdvance(3000);
    gate.challenge(0);
    Outcome withoutRecords = decide(gate, true).outcome();
    boolean verdictWithoutRecords = gate.hasVerdict();

    // When
    feed(2000, FALSE, FALSE);
    Outcome notEvaluated = decide(gate, false).outcome();
    State before = saved();
    boolean verdict = gate.hasVerdict();
    GateDecision decision = gate.decide(true);
    GateDecision again = gate.decide(true);
    State after = saved();
    gate.apply(decision, ++sequence);

    // Then
    assertThat(withoutRecords).isEqualTo(Outcome.STAY);
    assertThat(notEvaluated).isEqualTo(Outcome.STAY);
    assertThat(verdictWithoutRecords).isFalse();
    assertThat(verdict).isTrue();
    assertThat(again).isEqualTo(decision);
    assertThat(after.entries())
        .usingRecursiveComparison()
        .ignoringFieldsMatchingRegexes(".*_losses/.*") // a decision may be the first to need them
        .isEqualTo(before.entries());
    assertThat(decision.outcome()).isEqualTo(Outcome.PROMOTE);
    assertThat(decision.improvement()).isGreaterThan(1.64 * decision.standardError());
    assertThat(gate.mode()).isEqualTo(Mode.FOLLOWING);
    assertThat(gate.predecessor()).isEqualTo(1);
  }

  @Test
  void decide_chosenVersionThatIsWorse_staysServed() {
    // Given: the weights of another concept, chosen by a person
    feedAndAdvance(3000);
    feed(2000, FALSE, FALSE);
    gate.pin(7, learner.weights(), false);

    // When
    feed(2000, TRUE, TRUE);

    // Then
    assertThat(gate.hasVerdict()).isFalse();
    assertThat(decide(gate, true).outcome()).isEqualTo(Outcome.STAY);
  }

  @Test
  void decide_challengerThatIsWorse_staysUnserved() {
    // Given
    feedAndAdvance(3000);
    learner.retrain(true);
    gate.challenge(0);

    // When
    feed(1000, FALSE, TRUE);

    // Then
    assertThat(decide(gate, true).outcome()).isEqualTo(Outcome.STAY);
    assertThat(gate.champion()).isOne();
  }

  @Test
  void decide_championsThatGetWorseLittleByLittle_goBackToTheLastGoodOne() {
    // Given
    feedAndAdvance(3000);

    // When: too few new records between two champions for a veto
    Outcome outcome = Outcome.ADVANCE;
    int turns = 0;
    while (outcome == Outcome.ADVANCE && turns++ < 200) {
      gate.advance(++sequence);
      feed(50, FALSE, TRUE);
      outcome = decide(gate, true).outcome();
    }
    gate.rollBack();

    // Then
    assertThat(outcome).isEqualTo(Outcome.ROLL_BACK);
    assertThat(gate.champion()).isOne();
    assertThat(gate.predecessor()).isZero();
    assertThat(gate.mode()).isEqualTo(Mode.CHALLENGING);
  }

  @Test
  void decide_championThatStoodItsWatch_isThePredecessorOfTheNext() {
    // Given
    feedAndAdvance(3000);

    // When
    for (int i = 0; i < 40; i++) {
      feed(200, TRUE, TRUE);
      assertThat(decide(gate, true).outcome()).isNotEqualTo(Outcome.ROLL_BACK);
      gate.advance(++sequence);
    }

    // Then
    assertThat(gate.predecessor()).isGreaterThan(1).isLessThan(gate.champion());
  }

  @Test
  void pin_aVersion_staysWhateverComes() {
    // Given
    feedAndAdvance(3000);
    State weights = learner.weights();
    feed(500, TRUE, TRUE);
    gate.advance(++sequence);

    // When
    gate.pin(1, weights, true);
    feed(2000, FALSE, FALSE);

    // Then
    assertThat(decide(gate, true).outcome()).isEqualTo(Outcome.STAY);
    assertThat(gate.champion()).isOne();
    assertThat(gate.predecessor()).isZero();
  }

  @Test
  void hasVerdict_withoutAChampion_isNone() {
    assertThat(gate.hasVerdict()).isFalse();
    assertThat(gate.champion()).isZero();
    assertThat(gate.mode()).isEqualTo(Mode.FOLLOWING);
  }

  @Test
  void hasVerdict_championThatIsWorseThanItsPredecessor_isOne() {
    // Given: what was learned of another world, served after what is right
    feedAndAdvance(3000);
    feed(2000, FALSE, TRUE);
    gate.advance(++sequence);
    boolean atFirst = gate.hasVerdict();

    // When
    feed(1000, FALSE, TRUE);
    gate.observe();

    // Then
    assertThat(atFirst).isFalse();
    assertThat(gate.hasVerdict()).isTrue();
    assertThat(gate.decide(false).outcome()).isNotEqualTo(Outcome.ROLL_BACK);
    GateDecision decision = gate.decide(true);
    assertThat(decision.outcome()).isEqualTo(Outcome.ROLL_BACK);
    assertThat(decision.records()).isGreaterThanOrEqualTo(30);
    assertThat(decision.improvement()).isNegative();
  }

  @Test
  void pin_aNewerVersion_hasTheChampionAsItsPredecessor() {
    // Given
    feedAndAdvance(3000);

    // When
    gate.pin(7, learner.weights(), false);

    // Then
    assertThat(gate.champion()).isEqualTo(7);
    assertThat(gate.predecessor()).isOne();
    assertThat(gate.mode()).isEqualTo(Mode.PINNED);
  }

  @Test
  void challenge_recordsBefore_areJudgedOnToo() {
    // Given: a learner of the world that is, and a champion of another
    feed(2000, FALSE, FALSE);
    feedAndAdvance(8);
    feed(3000, TRUE, TRUE);

    // When
    gate.challenge(0);
    Outcome onNoRecords = gate.decide(true).outcome();
    gate.challenge(100);
    GateDecision onSome = gate.decide(true);

    // Then
    assertThat(gate.mode()).isEqualTo(Mode.CHALLENGING);
    assertThat(onNoRecords).isEqualTo(Outcome.STAY);
    assertThat(onSome.outcome()).isEqualTo(Outcome.PROMOTE);
    assertThat(onSome.records()).isEqualTo(100);
  }

  @Test
  void challenge_noRecordIsHeldOut_goesOnToServeNewerWeights() {
    // Given
    Gate blind = learnerWithoutHoldout().newGate(gateSettings());
    blind.advance(1);
    feedAndAdvance(300);

    // When
    boolean challenged = blind.challenge(0);

    // Then
    assertThat(challenged).isFalse();
    assertThat(blind.mode()).isEqualTo(Mode.FOLLOWING);
    assertThat(gate.challenge(0)).isTrue();
  }

  @Test
  void save_thenRestore_saysTheSame() {
    // Given
    feedAndAdvance(3000);
    feed(400, TRUE, TRUE);
    gate.decide(true);
    gate.advance(++sequence);
    gate.challenge(50);
    gate.decide(true);
    State saved = saved();

    // When
    Gate restored = learner.newGate(gateSettings());
    restored.restore(saved);
    State again = new State();
    restored.save(again);

    // Then
    assertThat(again.entries()).usingRecursiveComparison().isEqualTo(saved.entries());
    assertThat(restored.mode()).isEqualTo(Mode.CHALLENGING);
    assertThat(restored.champion()).isEqualTo(2);
    assertThat(restored.predecessor()).isOne();
  }

  @Test
  void restore_inAWatch_decidesAlike() {
    // Given
    feedAndAdvance(3000);
    State championWeights = learner.weights();
    feed(400, TRUE, TRUE);
    decide(gate, true);
    gate.advance(++sequence);
    State newWeights = learner.weights();
    feed(300, FALSE, TRUE);
    decide(gate, false);

    // When
    State saved = saved();
    Gate restored = learner.newGate(gateSettings());
    restored.restore(saved);
    restored.restoreChampion(2, newWeights);
    restored.restorePredecessor(championWeights);
    feed(600, FALSE, TRUE);

    // Then
    assertThat(decide(restored, true)).isEqualTo(decide(gate, true));
  }

  private static Learner learnerWithoutHoldout() {
    Map<String, Object> document = new HashMap<>(document());
    document.put("validation", Map.of("holdout", 0));
    Section root = Section.root(document);
    ModelDefinition definition = ModelDefinition.read(root).inSinglePrecision();
    return new Learner(definition, LearnerSettings.read(root, definition));
  }

  private static GateDecision decide(Gate gate, boolean evaluated) {
    gate.observe();
    return gate.decide(evaluated);
  }

  private State saved() {
    State saved = new State();
    gate.save(saved);
    return saved;
  }

  private void feedAndAdvance(int records) {
    feed(records, TRUE, TRUE);
    decide(gate, true);
    gate.advance(++sequence);
  }

  private void feed(int records, IntUnaryOperator trained, IntUnaryOperator heldOut) {
    RandomStream random = RandomStream.of(7, 0);
    int end = record + records;
    for (; record < end || learner.pending() > 0; record++) {
      ExampleBatch batch = learner.batch();
      int label = record % 3;
      for (int i = 0; i < 4; i++) {
        float noise = 3 * (float) random.uniform(record * 4L + i);
        batch.input(0)[batch.size() * 4 + i] = 5 + (i == label ? 2 : 0) + noise;
      }
      boolean holdsOut = learner.holdsOut(random.bits(1_000_000L + record));
      IntUnaryOperator labels = holdsOut ? heldOut : trained;
      batch.target(0)[batch.size()] = labels.applyAsInt(label);
      if (holdsOut) {
        learner.validate();
      } else {
        learner.train();
      }
    }
  }

  private static GateSettings gateSettings() {
    return GateSettings.read(
        Section.root(Map.of("min_records", 30, "rollback", Map.of("window", 200))));
  }

  private static Map<String, Object> document() {
    return Map.of(
        "inputs", Map.of("features", Map.of("fields", List.of("a", "b", "c", "d"))),
        "outputs", Map.of("class", Map.of("classes", List.of("x", "y", "z"))),
        "network",
            Map.of(
                "layers",
                List.of(
                    Map.of("type", "dense", "units", 12, "activation", "relu"),
                    Map.of("type", "dense", "units", 3, "activation", "softmax"))),
        "training",
            Map.of("batch_size", 8, "optimizer", Map.of("type", "adam", "learning_rate", 0.005)),
        "validation", Map.of("window", 300, "evaluate_every", 160));
  }
}
