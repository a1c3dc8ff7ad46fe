package io.millrace.cli.produce;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PaceTest {
  private final AtomicLong clock = new AtomicLong(5);

  @Test
  void nanosUntilDue_nthRecord_isNOverTheRate() {
    // Given
    Pace pace = new Pace(100, clock::get);
    pace.await(); // the first is due at once

    // When
    clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(4));

    // Then
    assertThat(pace.nanosUntilDue()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(6));
  }

  @Test
  void nanosUntilDue_afterADelay_catchesUp() {
    // Given
    Pace pace = new Pace(100, clock::get);

    // When
    clock.addAndGet(TimeUnit.SECONDS.toNanos(1));

    // Then
    for (int i = 0; i <= 100; i++) {
      assertThat(pace.nanosUntilDue()).isNotPositive();
      pace.await();
    }
    assertThat(pace.nanosUntilDue()).isPositive();
  }

  @Test
  void nanosUntilDue_noRate_isNow() {
    assertThat(new Pace(0, clock::get).nanosUntilDue()).isZero();
  }
}
