package io.millrace.learning;

import static io.millrace.learning.TestLearners.RECORDS;
import static io.millrace.learning.TestLearners.feed;
import static io.millrace.learning.TestLearners.learner;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.learning.state.State;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A learner that was restored goes on as the saved one would have. */
class LearnerRestoreTest {

  @Test
  void restore_anyState_hasTheSavedWeightsBitForBit() {
    // Given
    Learner first = learner(policies());
    feedUntilSteps(first, 100);
    State saved = copy(first.weights());

    // When: a learner of other weights, since it has learned other records
    Learner second = learner(policies());
    feed(second, 50, 2050);
    assertThat(bits(second.weights())).isNotEqualTo(bits(saved));
    second.restore(saved, copy(first.state()));

    // Then
    assertThat(bits(second.weights())).isEqualTo(bits(saved));
    assertThat(second.parametersSha256()).isEqualTo(first.parametersSha256());
  }

  @Test
  void restore_thenTheSameRecords_hasTheSameWeightsAfterEachStep() {
    // Given
    Learner first = learner(policies());
    int record = feedUntilSteps(first, 100);
    Learner second = learner(policies());
    second.restore(copy(first.weights()), copy(first.state()));

    for (int step = 0; step < 30; step++) {
      // When
      feed(first, record, record + 16);
      feed(second, record, record + 16);
      record += 16;

      // Then
      assertThat(bits(second.weights())).as("after %s", step).isEqualTo(bits(first.weights()));
    }
  }

  @Test
  void restore_inTheMiddle_endsBitIdentically() {
    // Given
    Learner uninterrupted = uninterrupted(policies());

    // When
    Learner second = resumedAfter(100, policies());

    // Then
    assertThat(second.parametersSha256()).isEqualTo(uninterrupted.parametersSha256());
    assertThat(second.progress()).isEqualTo(uninterrupted.progress());
    assertThat(second.pending()).isEqualTo(uninterrupted.pending());
  }

  @Test
  void state_withRecordsPending_isRefused() {
    Learner learner = learner(Map.of());
    feed(learner, 0, 5);

    assertThatThrownBy(learner::state).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void restore_averagedWeightsAndDriftWatched_endsBitIdentically() {
    // Given
    Map<String, Object> optimizer =
        Map.of("type", "adam", "learning_rate", 0.01, "use_ema", true, "ema_momentum", 0.9);
    Map<String, Object> settings =
        Map.of(
            "training", Map.of("batch_size", 16, "optimizer", optimizer),
            "drift", Map.of("memory", 100));
    Learner uninterrupted = uninterrupted(settings);

    // When
    Learner second = resumedAfter(150, settings);

    // Then
    assertThat(second.parametersSha256()).isEqualTo(uninterrupted.parametersSha256());
    assertThat(second.weights().floats("parameters"))
        .isEqualTo(uninterrupted.weights().floats("parameters"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sliding", "reservoir"})
  void restore_replayAndAccumulation_endsBitIdentically(String buffer) {
    // Given
    Map<String, Object> settings =
        Map.of(
            "training",
            Map.of(
                "batch_size", 16,
                "gradient_accumulation_steps", 3,
                "replay", Map.of("buffer", buffer, "size", 100, "ratio", 2)));
    Learner uninterrupted = uninterrupted(settings);

    // When: an odd number of steps, so that gradients wait for their update
    Learner second = resumedAfter(100, settings);

    // Then
    assertThat(second.parametersSha256()).isEqualTo(uninterrupted.parametersSha256());
    assertThat(second.progress().prequential().get("accuracy")).isGreaterThan(0.9);
  }

  @Test
  void restore_windowOfATimeAndSlices_endsAsUninterrupted() {
    // Given: a second a record
    Map<String, Object> settings =
        Map.of(
            "validation",
            Map.of(
                "window",
                "20m",
                "evaluate_every",
                "5m",
                "min_window",
                50,
                "slices",
                List.of("parity")));
    Learner uninterrupted = uninterrupted(settings);

    // When
    Learner second = resumedAfter(150, settings);

    // Then: a tenth of 1200 seconds
    assertThat(second.progress()).isEqualTo(uninterrupted.progress());
    assertThat(second.progress().windowSize()).isBetween(80, 160);
    assertThat(second.progress().counts().evaluations()).isBetween(17L, 20L);
    assertThat(second.progress().validation())
        .containsKeys("val_loss[parity=even]", "val_loss[parity=odd]");
  }

  private static Map<String, Object> policies() {
    return Map.of(
        "callbacks",
        Map.of(
            "early_stopping", Map.of("patience", 50),
            "reduce_lr_on_plateau", Map.of("patience", 1)));
  }

  /** Returns all entries so that they are equal where every bit is. */
  private static Map<String, Object> bits(State state) {
    Map<String, Object> bits = new TreeMap<>();
    state.entries().forEach((name, value) -> bits.put(name, bits(value)));
    return bits;
  }

  private static Object bits(Object value) {
    if (value instanceof float[] floats) {
      return IntStream.range(0, floats.length)
          .mapToObj(i -> Float.floatToRawIntBits(floats[i]))
          .toList();
    }
    if (value instanceof double[] doubles) {
      return Arrays.stream(doubles).mapToObj(Double::doubleToRawLongBits).toList();
    }
    return value instanceof long[] longs ? Arrays.stream(longs).boxed().toList() : value;
  }

  private static Learner uninterrupted(Map<String, Object> settings) {
    Learner learner = learner(settings);
    feed(learner, 0, RECORDS);
    return learner;
  }

  /** Returns a learner that went on from the state that another had after so many steps. */
  private static Learner resumedAfter(int steps, Map<String, Object> settings) {
    Learner first = learner(settings);
    int position = feedUntilSteps(first, steps);
    Learner second = learner(settings);
    second.restore(copy(first.weights()), copy(first.state()));
    feed(second, position, RECORDS);
    return second;
  }

  private static State copy(State state) {
    return State.of(state.entries());
  }

  private static int feedUntilSteps(Learner learner, int steps) {
    int record = 0;
    while (learner.progress().counts().steps() < steps) {
      feed(learner, record, record + 1);
      record++;
    }
    return record;
  }
}
