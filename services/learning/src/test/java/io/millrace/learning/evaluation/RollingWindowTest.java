package io.millrace.learning.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.learning.model.ExampleBatch;
import io.millrace.learning.state.State;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RollingWindowTest {
  private static final int[] ONE = {1};

  private final ExampleBatch rows = new ExampleBatch(1, ONE, ONE);
  private final RollingWindow window = new RollingWindow(10, ONE, ONE);

  @Test
  void expire_oldestWasStampedFarAhead_keepsNothingBehindIt() {
    // Given
    window.add(rows, 0, 1_000_000);
    window.add(rows, 0, 100);
    window.add(rows, 0, 200);

    // When
    window.expire(250, 100);

    // Then
    assertThat(window.oldest()).isEqualTo(2);
  }

  @Test
  void expire_timeWentBackByLessThanTheSpan_keepsAll() {
    // Given
    window.add(rows, 0, 300);
    window.add(rows, 0, 280);

    // When
    window.expire(250, 100);

    // Then
    assertThat(window.size()).isEqualTo(2);
  }

  @Test
  void add_moreThanThereIsRoomFor_keepsTheNewest() {
    // When
    fill(window, 13);

    // Then
    assertThat(window.capacity()).isEqualTo(10);
    assertThat(window.size()).isEqualTo(10);
    assertThat(window.oldest()).isEqualTo(3);
    assertThat(window.end()).isEqualTo(13);
    assertThat(values(window)).containsExactly(3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
  }

  @Test
  void copyTo_someRecords_areThoseFromTheNumberOn() {
    // Given
    fill(window, 13);
    ExampleBatch target = new ExampleBatch(4, ONE, ONE);

    // When
    window.copyTo(target, 8, 3);
    window.copyRow(12, target, 3);

    // Then
    assertThat(target.size()).isEqualTo(3);
    assertThat(target.input(0)).containsExactly(8, 9, 10, 12);
  }

  @Test
  void expire_ageOfJustTheSpan_isKept() {
    // Given
    window.add(rows, 0, 100);
    window.add(rows, 0, 101);

    // Then
    window.expire(200, 100);
    assertThat(window.oldest()).isZero();
    window.expire(201, 100);
    assertThat(window.oldest()).isOne();
    window.expire(1000, 100);
    assertThat(window.size()).isZero();
  }

  @Test
  void setSlice_newestRecord_hasThatNumberAlone() {
    // Given
    RollingWindow sliced = new RollingWindow(3, ONE, ONE, 2);

    // When
    for (int record = 0; record < 4; record++) {
      sliced.add(rows, 0);
      sliced.setSlice(0, record);
      sliced.setSlice(1, 10 + record);
    }

    // Then
    for (int record = 1; record < 4; record++) {
      assertThat(sliced.isInSlice(record, 0, record)).isTrue();
      assertThat(sliced.isInSlice(record, 1, 10 + record)).isTrue();
      assertThat(sliced.isInSlice(record, 1, record)).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 10, 20})
  void restore_windowOfAnyCapacity_hasTheNewestRecordsTimesAndSlices(int capacity) {
    // Given
    RollingWindow saved = new RollingWindow(10, ONE, ONE, 1);
    for (int record = 0; record < 13; record++) {
      rows.input(0)[0] = record;
      saved.add(rows, 0, 1000 + record);
      saved.setSlice(0, 50 + record);
    }
    State state = new State();
    saved.save(state);

    // When
    RollingWindow restored = new RollingWindow(capacity, ONE, ONE, 1);
    restored.restore(state);

    // Then
    int kept = Math.min(10, capacity);
    assertThat(restored.end()).isEqualTo(13);
    assertThat(restored.size()).isEqualTo(kept);
    for (long record = restored.oldest(); record < restored.end(); record++) {
      assertThat(restored.isInSlice(record, 0, (int) (50 + record))).isTrue();
    }
    assertThat(values(restored)[0]).isEqualTo(13 - kept);
    restored.expire(1013, 1);
    assertThat(restored.oldest()).isEqualTo(12);
  }

  @Test
  void restore_stateWithoutTimesAndSlices_hasNone() {
    // Given
    fill(window, 3);
    State saved = new State();
    window.save(saved);
    Map<String, Object> entries = new HashMap<>(saved.entries());
    entries.remove("times");

    // When
    RollingWindow restored = new RollingWindow(10, ONE, ONE, 1);
    restored.restore(State.of(entries));

    // Then
    assertThat(values(restored)).containsExactly(0, 1, 2);
    assertThat(restored.isInSlice(2, 0, 0)).isTrue();
    restored.expire(5, 4);
    assertThat(restored.size()).isZero();
  }

  /** Adds records whose input is their number. */
  private void fill(RollingWindow filled, int records) {
    for (int record = 0; record < records; record++) {
      rows.input(0)[0] = record;
      filled.add(rows, 0);
    }
  }

  private static float[] values(RollingWindow window) {
    ExampleBatch batch = new ExampleBatch(window.size(), ONE, ONE);
    window.copyTo(batch, window.oldest(), window.size());
    return batch.input(0);
  }
}
