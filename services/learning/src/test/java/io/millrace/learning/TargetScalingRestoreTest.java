package io.millrace.learning;

import static io.millrace.learning.HouseLearners.feed;
import static io.millrace.learning.HouseLearners.learner;
import static io.millrace.learning.HouseLearners.scaled;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.learning.state.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A learner of scaled targets that was restored goes on as the saved one would have. */
class TargetScalingRestoreTest {
  private static final int RECORDS = 6000;

  @ParameterizedTest
  @ValueSource(strings = {"standard", "log"})
  void restore_policiesAndBestWeights_endsBitIdentically(String scaling) {
    assertResumes(
        scaling,
        Map.of(
            "callbacks",
            Map.of(
                "early_stopping", Map.of("patience", 3, "min_delta", 1e9),
                "reduce_lr_on_plateau", Map.of("patience", 1)),
            "rounds",
            Map.of("restart_after", 500)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"standard", "log"})
  void restore_averageReplayAndMixup_endsBitIdentically(String scaling) {
    assertResumes(
        scaling,
        Map.of(
            "training",
            Map.of(
                "optimizer",
                Map.of("type", "adam", "use_ema", true, "ema_momentum", 0.9),
                "replay",
                Map.of("buffer", "reservoir", "size", 100, "ratio", 2),
                "augmentation",
                Map.of("mixup", 0.2)),
            "drift",
            Map.of("memory", 100)));
  }

  @Test
  void restore_modelNoBetterThanTheMean_isNotToldOnceMore() {
    // Given
    Learner first = learner(scaled("none"), Map.of());
    int record = 0;
    while (first.progress().counts().evaluations() < 2 || first.pending() > 0) {
      feed(first, record, record + 1);
      record++;
    }
    List<LearningEvent> events = new ArrayList<>();
    Learner second = learner(scaled("none"), Map.of(), events::add);

    // When
    second.restore(State.of(first.weights().entries()), State.of(first.state().entries()));
    feed(second, record, RECORDS);

    // Then
    assertThat(events).hasAtLeastOneElementOfType(LearningEvent.Evaluated.class);
    assertThat(events).noneMatch(LearningEvent.BaselineCompared.class::isInstance);
  }

  private static void assertResumes(String scaling, Map<String, Object> settings) {
    // Given
    Learner uninterrupted = learner(scaled(scaling), settings);
    feed(uninterrupted, 0, RECORDS);
    Learner first = learner(scaled(scaling), settings);
    int record = 0;
    while (record < RECORDS / 3 || first.pending() > 0) {
      feed(first, record, record + 1);
      record++;
    }

    // When
    Learner second = learner(scaled(scaling), settings);
    second.restore(State.of(first.weights().entries()), State.of(first.state().entries()));
    feed(second, record, RECORDS);

    // Then
    assertThat(second.parametersSha256()).isEqualTo(uninterrupted.parametersSha256());
    assertThat(second.progress()).isEqualTo(uninterrupted.progress());
    assertThat(second.weights().decimals("preprocessing/target_0/mean"))
        .isEqualTo(uninterrupted.weights().decimals("preprocessing/target_0/mean"));
  }
}
