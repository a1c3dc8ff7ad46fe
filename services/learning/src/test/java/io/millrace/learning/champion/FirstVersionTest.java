package io.millrace.learning.champion;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.learning.Learner;
import io.millrace.learning.LearnerSettings;
import io.millrace.learning.champion.Gate.Mode;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.random.RandomStream;
import io.millrace.learning.state.State;
import io.millrace.settings.Section;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** When a gate serves the first version of a model. */
class FirstVersionTest {
  private final Learner learner = learner(0.1);
  private final Gate gate = gate(learner);

  @Test
  void decide_beforeAnEvaluation_servesNothing() {
    // Given
    feed(learner, 300);

    // When
    GateDecision before = gate.decide(false);
    boolean awaits = gate.awaitsEvaluation();
    boolean verdict = gate.hasVerdict();
    boolean evaluated = learner.evaluateEarly();

    // Then
    assertThat(evaluated).isTrue();
    assertThat(before).isEqualTo(GateDecision.STAY);
    assertThat(awaits).isTrue();
    assertThat(verdict).isFalse();
    assertThat(gate.awaitsEvaluation()).isFalse();
    assertThat(gate.hasVerdict()).isTrue();
    assertThat(gate.decide(true)).isEqualTo(GateDecision.ADVANCE);
  }

  @Test
  void decide_tooFewRecordsTrained_servesNothing() {
    feed(learner, 30);

    assertThat(learner.evaluateEarly()).isTrue();
    assertThat(learner.progress().counts().evaluations()).isOne();
    assertThat(gate.awaitsEvaluation()).isFalse();
    assertThat(gate.decide(true)).isEqualTo(GateDecision.STAY);
  }

  @Test
  void decide_noRecordIsHeldOut_servesAfterEnoughTrainedOnes() {
    // Given
    Learner blind = learner(0);
    Gate first = gate(blind);

    // When
    feed(blind, 24);
    GateDecision tooEarly = first.decide(false);
    feed(blind, 8);

    // Then
    assertThat(tooEarly).isEqualTo(GateDecision.STAY);
    assertThat(first.awaitsEvaluation()).isFalse();
    assertThat(first.decide(false)).isEqualTo(GateDecision.ADVANCE);
  }

  @Test
  void decide_weightsThatAreNotFinite_servesNothing() {
    // Given
    feed(learner, 300);
    assertThat(learner.evaluateEarly()).isTrue();
    State weights = learner.weights();
    float[] parameters = weights.floats("parameters");
    Arrays.fill(parameters, Float.NaN);
    weights.put("parameters", parameters);

    // When
    learner.restore(weights, learner.state());

    // Then
    assertThat(gate.decide(true)).isEqualTo(GateDecision.STAY);
    assertThat(gate.hasVerdict()).isFalse();
  }

  @Test
  void decide_weightsThatLearnedElsewhere_areServedAtOnce() {
    GateSettings settings = GateSettings.read(Section.root(Map.of()));

    assertThat(new Maturity(true, true, () -> 0, () -> 0).isReached(settings)).isTrue();
    assertThat(new Maturity(true, true, () -> 50, () -> 0).lacksEvaluation(settings)).isFalse();
    assertThat(new Maturity(false, true, () -> 0, () -> 0).isReached(settings)).isFalse();
  }

  @Test
  void challenge_withoutAChampion_isNone() {
    assertThat(gate.challenge(0)).isFalse();
    assertThat(gate.mode()).isEqualTo(Mode.FOLLOWING);
  }

  @Test
  void evaluateEarly_emptyWindow_isNoEvaluation() {
    assertThat(learner.evaluateEarly()).isFalse();
    assertThat(learner.progress().counts().evaluations()).isZero();
  }

  private static Gate gate(Learner learner) {
    return learner.newGate(GateSettings.read(Section.root(Map.of())));
  }

  private static void feed(Learner learner, int records) {
    RandomStream random = RandomStream.of(7, 0);
    for (int record = 0; record < records; record++) {
      int row = learner.batch().size();
      learner.batch().input(0)[row] = record % 2;
      learner.batch().target(0)[row] = record % 2;
      if (learner.holdsOut(random.bits(record))) {
        learner.validate();
      } else {
        learner.train();
      }
    }
    learner.flush();
  }

  private static Learner learner(double holdout) {
    Section root =
        Section.root(
            Map.of(
                "inputs", Map.of("features", Map.of("fields", List.of("a"))),
                "outputs", Map.of("class", Map.of("classes", List.of("x", "y"))),
                "network",
                    Map.of(
                        "layers",
                        List.of(Map.of("type", "dense", "units", 2, "activation", "softmax"))),
                "validation", Map.of("holdout", holdout)));
    ModelDefinition definition = ModelDefinition.read(root).inSinglePrecision();
    return new Learner(definition, LearnerSettings.read(root, definition));
  }
}
