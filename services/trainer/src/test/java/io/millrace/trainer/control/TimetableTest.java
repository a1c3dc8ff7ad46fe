package io.millrace.trainer.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.learning.state.State;
import io.millrace.settings.InvalidSettingsException;
import io.millrace.settings.Section;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TimetableTest {
  private Instant now = Instant.parse("2026-11-21T02:30:00Z");

  @Test
  void isDue_noSchedule_never() {
    now = Instant.parse("9999-01-01T00:00:00Z");

    assertThat(new Timetable(Optional.empty(), () -> now).isDue()).isFalse();
  }

  @Test
  void isDue_everyNightInBerlin_isDueAtItsTimeAndOnce() {
    // Given: 03:00 in Berlin is 02:00 UTC in winter
    Timetable timetable = timetable("0 3 * * *", "Europe/Berlin");

    // When
    now = Instant.parse("2026-11-22T01:59:59Z");
    boolean before = timetable.isDue();
    now = Instant.parse("2026-11-22T02:00:00Z");
    boolean then = timetable.isDue();
    timetable.taken();

    // Then
    assertThat(before).isFalse();
    assertThat(then).isTrue();
    assertThat(timetable.isDue()).isFalse();
  }

  @Test
  void restore_timesPassedMeanwhile_areMadeUpForOnce() {
    // Given
    Timetable crashed = timetable("0 * * * *", "UTC");
    State state = new State();
    crashed.save(state);

    // When
    now = now.plus(Duration.ofHours(5));
    Timetable restored = timetable("0 * * * *", "UTC");
    restored.restore(state.copy());
    boolean due = restored.isDue();
    restored.taken();

    // Then
    assertThat(due).isTrue();
    assertThat(restored.isDue()).isFalse();
  }

  @Test
  void restore_anotherScheduleThanThatOfTheCheckpoint_beginsFromNow() {
    Timetable before = timetable("0 * * * *", "UTC");
    State state = new State();
    before.save(state);

    now = now.plus(Duration.ofHours(5));
    Timetable restored = timetable("15 * * * *", "UTC");
    restored.restore(state.copy());

    assertThat(restored.isDue()).isFalse();
  }

  @Test
  void read_noCronAndNoZone_namesBoth() {
    Section root =
        Section.root(
            Map.of("rounds", Map.of("schedule", "0 25 * * *", "time_zone", "Middle/Earth")));
    RoundSchedule.read(root.section("rounds"));

    assertThatThrownBy(root::finish)
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("rounds.schedule: is 0 25 * * *; allowed: text, five fields of cron")
        .hasMessageContaining("rounds.time_zone: is Middle/Earth; allowed: text, a time zone");
  }

  private Timetable timetable(String cron, String zone) {
    Section rounds = Section.root(Map.of("schedule", cron, "time_zone", zone));
    return new Timetable(RoundSchedule.read(rounds), () -> now);
  }
}
