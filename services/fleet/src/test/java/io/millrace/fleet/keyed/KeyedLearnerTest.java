package io.millrace.fleet.keyed;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.fleet.TestFleets;
import io.millrace.learning.Learner;
import io.millrace.learning.state.State;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class KeyedLearnerTest {
  private static final int KEYS = 7;
  private static final int RECORDS = 4000;

  /** Everything of a learner that remembers. */
  private static final Map<String, Object> ALL =
      Map.of(
          "training",
          Map.of(
              "batch_size",
              4,
              "optimizer",
              Map.of("type", "adam", "learning_rate", 0.01, "use_ema", true),
              "replay",
              Map.of("size", 12)),
          "callbacks",
          Map.of(
              "early_stopping",
              Map.of("patience", 3),
              "reduce_lr_on_plateau",
              Map.of("patience", 2)),
          "rounds",
          Map.of("restart_after", 40),
          "drift",
          Map.of("detector", Map.of("type", "ddm"), "memory", 20),
          "validation",
          Map.of("window", 16, "min_window", 2, "evaluate_every", 8, "slices", List.of("shop")));

  @Test
  void learn_keysInTurns_eachModelIsWhatItWouldBeAlone() {
    // Given
    FleetSettings settings = TestFleets.settings(ALL);
    KeyedLearner shared = new KeyedLearner(settings.trainer());
    List<KeyedLearner> alone = new ArrayList<>();
    Map<Integer, State[]> saved = new HashMap<>();
    WaitingRecords[] waiting = new WaitingRecords[KEYS];
    Arrays.fill(waiting, WaitingRecords.none());
    for (int key = 0; key < KEYS; key++) {
      alone.add(new KeyedLearner(settings.trainer()));
    }

    // When
    SplittableRandom random = new SplittableRandom(1);
    for (int offset = 0; offset < RECORDS; offset++) {
      int key = random.nextInt(KEYS);
      int concept = offset > RECORDS / 2 ? key + 1 : key; // drifts
      Source source = source(offset, TestFleets.value(concept, offset));
      assertThat(shared.check(source.value())).isNull();
      waiting[key] = waiting[key].with(source, shared.holdsOut(source.record()), offset);
      if (waiting[key].toTrain() == 4) {
        alone.get(key).learn(waiting[key]);
        learnShared(shared, saved, key, waiting[key]);
        waiting[key] = waiting[key].learned();
      }
    }

    // Then
    assertThat(alone)
        .extracting(learner -> learner.learner().progress())
        .allMatch(progress -> progress.round() > 1)
        .anyMatch(progress -> progress.drifts() > 0);
    for (int key = 0; key < KEYS; key++) {
      Learner expected = alone.get(key).learner();
      State[] actual = Objects.requireNonNull(saved.get(key));
      assertSame(actual[0], expected.weights());
      assertSame(actual[1], expected.state());
    }
  }

  private static void learnShared(
      KeyedLearner shared, Map<Integer, State[]> saved, int key, WaitingRecords records) {
    State[] before = saved.get(key);
    if (before == null) {
      shared.begin();
    } else {
      shared.resume(before[0], before[1]);
    }
    shared.learn(records);
    saved.put(key, new State[] {shared.learner().weights(), shared.learner().state()});
  }

  private static void assertSame(State actual, State expected) {
    assertThat(actual.entries().keySet()).isEqualTo(expected.entries().keySet());
    expected
        .entries()
        .forEach(
            (name, value) ->
                assertThat(
                        Arrays.deepEquals(
                            new Object[] {actual.entries().get(name)}, new Object[] {value}))
                    .as(name)
                    .isTrue());
  }

  private static Source source(int offset, byte[] value) {
    return new Source(null, new ConsumerRecord<>("sales", 0, offset, null, value));
  }
}
