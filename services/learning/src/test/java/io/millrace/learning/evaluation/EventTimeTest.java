package io.millrace.learning.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.learning.Learner;
import io.millrace.learning.LearnerSettings;
import io.millrace.learning.model.ExampleBatch;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.random.RandomStream;
import io.millrace.learning.state.State;
import io.millrace.settings.Section;
import java.util.List;
import java.util.Map;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Windows and intervals in event time, with timestamps of any kind. */
class EventTimeTest {
  private static final int RECORDS = 4000;
  private static final long BEGIN = 1_700_000_000_000L;
  private static final long YEAR = 365 * 86_400_000L;

  @Test
  void evaluations_honestTimestamps_areOneAMinute() {
    assertThat(evaluations(time -> time)).isBetween(52L, 56L);
    assertThat(learner(time -> time).progress().windowSize()).isBetween(40, 90);
  }

  @ParameterizedTest
  @ValueSource(longs = {BEGIN * 1000, Long.MAX_VALUE, BEGIN + 7_200_000, 0, 1, -1, Long.MIN_VALUE})
  void evaluations_oneWrongTimestamp_areAsMany(long wrong) {
    long honest = evaluations(time -> time);

    assertThat(evaluations(time -> time == at(1000) ? wrong : time)).isBetween(honest - 1, honest);
  }

  @Test
  void evaluations_firstTimestampFarAhead_areAsMany() {
    assertThat(evaluations(time -> time == at(0) ? Long.MAX_VALUE : time)).isBetween(52L, 58L);
  }

  @Test
  void evaluations_everyTenthTimestampFarAhead_areAsMany() {
    assertThat(evaluations(time -> time % 10_000 == 0 ? time * 1000 : time)).isBetween(52L, 58L);
  }

  @Test
  void evaluations_manyTogetherFarAhead_goOnAfterOneWindow() {
    long wrong = evaluations(time -> time >= at(1000) && time < at(1100) ? time * 1000 : time);

    assertThat(wrong).isBetween(45L, 60L);
  }

  @Test
  void evaluations_streamWasSilentForAYear_followIt() {
    assertThat(evaluations(time -> time < at(2000) ? time : time + YEAR)).isBetween(45L, 58L);
  }

  @Test
  void evaluations_noTimestamps_areDueByNumber() {
    assertThat(evaluations(time -> -1)).isPositive();
  }

  @Test
  void restore_betweenWrongTimestamps_goesOnBitForBit() {
    // Given
    LongUnaryOperator times = time -> time % 7000 == 0 ? time * 1000 : time;
    Learner whole = learner();
    feed(whole, 0, RECORDS, times);

    // When
    Learner before = learner();
    feed(before, 0, 1500, times);
    before.flush();
    Learner after = learner();
    after.restore(State.of(before.weights().entries()), State.of(before.state().entries()));
    feed(after, 1500, RECORDS, times);
    Learner cutAlike = learner();
    feed(cutAlike, 0, 1500, times);
    cutAlike.flush();
    feed(cutAlike, 1500, RECORDS, times);

    // Then
    assertThat(after.parametersSha256()).isEqualTo(cutAlike.parametersSha256());
    assertThat(after.progress()).isEqualTo(cutAlike.progress());
    assertThat(whole.progress().counts().evaluations()).isPositive();
  }

  @Test
  void restore_stateThatKnewTheNewestTimeOnly_goesOn() {
    // Given
    EventTime time = new EventTime();
    State earlier = new State();
    earlier.put("newest_time", Long.MAX_VALUE);

    // When
    time.restore(earlier);
    for (int record = 0; record < 3; record++) {
      time.happened(at(record));
    }

    // Then
    assertThat(time.now()).isEqualTo(at(1));
  }

  private static long at(int record) {
    return BEGIN + record * 1000L;
  }

  private static long evaluations(LongUnaryOperator times) {
    return learner(times).progress().counts().evaluations();
  }

  private static Learner learner(LongUnaryOperator times) {
    Learner learner = learner();
    feed(learner, 0, RECORDS, times);
    return learner;
  }

  private static Learner learner() {
    Section root =
        Section.root(
            Map.of(
                "inputs", Map.of("f", Map.of("fields", List.of("x", "y"))),
                "outputs", Map.of("side", Map.of("classes", List.of("a", "b"))),
                "network",
                    Map.of(
                        "layers",
                        List.of(Map.of("type", "dense", "units", 2, "activation", "softmax"))),
                "training", Map.of("batch_size", 16),
                "validation", Map.of("window", "10m", "evaluate_every", "1m", "min_window", 20)));
    ModelDefinition definition = ModelDefinition.read(root);
    LearnerSettings settings = LearnerSettings.read(root, definition);
    root.finish();
    return new Learner(definition, settings);
  }

  private static void feed(Learner learner, int from, int to, LongUnaryOperator times) {
    RandomStream random = RandomStream.of(3, 0);
    for (int record = from; record < to; record++) {
      ExampleBatch batch = learner.batch();
      float x = (float) random.uniform(record * 2L) - 0.5f;
      float y = (float) random.uniform(record * 2L + 1) - 0.5f;
      batch.input(0)[batch.size() * 2] = x;
      batch.input(0)[batch.size() * 2 + 1] = y;
      batch.target(0)[batch.size()] = x > y ? 1 : 0;
      learner.context().setTimeMillis(times.applyAsLong(at(record)));
      if (learner.holdsOut(random.bits(1_000_000L + record))) {
        learner.validate();
      } else {
        learner.train();
      }
    }
  }
}
