package io.millrace.learning.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.learning.model.ExampleBatch;
import org.junit.jupiter.api.Test;

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
}
