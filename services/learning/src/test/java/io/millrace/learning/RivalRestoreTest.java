package io.millrace.learning;

import static io.millrace.learning.TestLearners.feed;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.learning.LearningEvent.FallCause;
import io.millrace.learning.LearningEvent.RivalReplaced;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.state.State;
import io.millrace.learning.state.StateTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rivals that were restored go on as the saved ones would have. */
class RivalRestoreTest {
  private static final int RECORDS = 3000;

  /** So that drift is detected, and training rewinds. */
  private static final int DRIFT = 1400;

  private static final Map<String, Object> POLICIES =
      Map.of(
          "callbacks",
          Map.of(
              "early_stopping", Map.of("patience", 6),
              "reduce_lr_on_plateau", Map.of("patience", 1)),
          "drift",
          Map.of("action", "rewind", "memory", 200, "detector", Map.of("type", "adwin")));

  private final List<LearningEvent> events = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(ints = {1, 60, 88, 130})
  void restore_afterAnyBlock_endsBitIdentically(int blocks) {
    assertResumes(Map.of("memory", 100), blocks);
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 21, 75, 130, 160})
  void restore_afterAnyBlockOfATournament_endsBitIdentically(int blocks) {
    assertResumes(
        Map.of("memory", 100, "tournament", Map.of("every", 320, "keep", 2, "explore", 0.5)),
        blocks);

    assertThat(events)
        .filteredOn(RivalReplaced.class::isInstance)
        .extracting(event -> ((RivalReplaced) event).cause())
        .contains(FallCause.LEAST_WEIGHT);
  }

  private void assertResumes(Map<String, Object> rivals, int blocks) {
    // Given
    Learner uninterrupted = learner(rivals);
    feed(uninterrupted, 0, DRIFT);
    feed(uninterrupted, DRIFT, RECORDS, RivalRestoreTest::other);

    // When
    Learner first = learner(rivals);
    int record = 0;
    while (first.progress().counts().trained() + first.progress().counts().scored()
        < (long) blocks * RivalLearners.BLOCK) {
      feed(first, record, record + 1, record < DRIFT ? label -> label : RivalRestoreTest::other);
      record++;
    }
    Learner second = learner(rivals);
    second.restore(State.of(first.weights().entries()), State.of(first.state().entries()));
    feed(second, record, Math.max(record, DRIFT));
    feed(second, Math.max(record, DRIFT), RECORDS, RivalRestoreTest::other);

    // Then
    assertThat(uninterrupted.progress().drifts()).isPositive();
    assertThat(second.progress()).isEqualTo(uninterrupted.progress());
    assertThat(second.parametersSha256()).isEqualTo(uninterrupted.parametersSha256());
    assertThat(saved(second.definition())).isEqualTo(saved(uninterrupted.definition()));
  }

  private static Map<String, Object> saved(ModelDefinition definition) {
    State state = new State();
    StateTree.save(definition.tree(), state);
    return state.entries();
  }

  private static int other(int label) {
    return (label + 1) % 3;
  }

  private Learner learner(Map<String, Object> rivals) {
    return RivalLearners.learner(rivals, POLICIES, events::add);
  }
}
