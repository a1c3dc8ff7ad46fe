package io.millrace.cli.steering;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.trainer.events.EventStart;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SinceOptionTest {
  private static final Instant NOW = Instant.parse("2026-11-30T08:00:00Z");

  @Test
  void parse_earliest_isTheOldestEvent() {
    assertThat(SinceOption.parse("earliest", NOW)).containsSame(EventStart.EARLIEST);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"10m", "999999999999d", "2026-11-30T08:00Z", "2026-11-30T08:00:01.5+01:00"})
  void parse_durationOrTime_isAStart(String text) {
    assertThat(SinceOption.parse(text, NOW)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "10", "yesterday", "2026-11-30", "2026-11-30T08:00", "-5m"})
  void parse_anythingElse_isNone(String text) {
    assertThat(SinceOption.parse(text, NOW)).isEmpty();
  }
}
