package io.millrace.learning;

import static io.millrace.learning.TestLearners.feed;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.learning.state.State;
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

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 60, 90, 130})
  void restore_afterAnyBlock_endsBitIdentically(int blocks) {
    // Given
    Learner uninterrupted = learner();
    feed(uninterrupted, 0, DRIFT);
    feed(uninterrupted, DRIFT, RECORDS, RivalRestoreTest::other);

    // When
    Learner first = learner();
    int record = 0;
    while (first.progress().counts().trained() + first.progress().counts().scored()
        < (long) blocks * RivalLearners.BLOCK) {
      feed(first, record, record + 1, record < DRIFT ? label -> label : RivalRestoreTest::other);
      record++;
    }
    Learner second = learner();
    second.restore(State.of(first.weights().entries()), State.of(first.state().entries()));
    feed(second, record, Math.max(record, DRIFT));
    feed(second, Math.max(record, DRIFT), RECORDS, RivalRestoreTest::other);

    // Then
    assertThat(uninterrupted.progress().drifts()).isPositive();
    assertThat(second.progress()).isEqualTo(uninterrupted.progress());
    assertThat(second.parametersSha256()).isEqualTo(uninterrupted.parametersSha256());
  }

  private static int other(int label) {
    return (label + 1) % 3;
  }

  private static Learner learner() {
    return RivalLearners.learner(Map.of("memory", 100), POLICIES, event -> {});
  }
}
