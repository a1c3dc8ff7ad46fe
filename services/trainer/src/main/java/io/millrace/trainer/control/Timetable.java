package io.millrace.trainer.control;

import io.millrace.learning.state.State;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When the next round of a schedule is due. That time is part of the checkpoint which the round
 * begins with, so that every time begins one round, whatever crashes. Times that pass while nothing
 * runs or training is paused are made up for by one round. Owned by the training thread.
 */
public final class Timetable {
  private final @Nullable RoundSchedule schedule;
  private final InstantSource clock;
  private long dueMillis;

  /**
   * @param schedule absent: no round is ever due
   */
  public Timetable(Optional<RoundSchedule> schedule, InstantSource clock) {
    this.schedule = schedule.orElse(null);
    this.clock = clock;
    taken();
  }

  boolean isDue() {
    return clock.millis() >= dueMillis;
  }

  /** Goes on to the next time from now on. */
  void taken() {
    Optional<Instant> next = schedule == null ? Optional.empty() : schedule.after(clock.instant());
    dueMillis = next.map(Instant::toEpochMilli).orElse(Long.MAX_VALUE);
  }

  void save(State state) {
    if (schedule != null) {
      state.put("schedule", schedule.toString());
      state.put("due_millis", dueMillis);
    }
  }

  /** Goes on with the time that was due, unless the schedule is another one now. */
  void restore(State state) {
    if (schedule != null
        && state.has("schedule")
        && state.text("schedule").equals(schedule.toString())) {
      dueMillis = state.integer("due_millis");
    }
  }
}
