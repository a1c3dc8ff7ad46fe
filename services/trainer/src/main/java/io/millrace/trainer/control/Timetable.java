package io.millrace.trainer.control;

import io.millrace.learning.state.State;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tracks when the next scheduled round is due. The due time is part of the checkpoint that the
 * round begins with, so every scheduled time begins exactly one round, even after a crash. If
 * several times pass while the trainer is down or paused, one round begins for all of them. Owned
 * by the training thread.
 */
public final class Timetable {
  private final @Nullable RoundSchedule schedule;
  private final InstantSource clock;
  private long dueMillis;

  /**
   * @param schedule the schedule; if absent, no round is ever due
   */
  public Timetable(Optional<RoundSchedule> schedule, InstantSource clock) {
    this.schedule = schedule.orElse(null);
    this.clock = clock;
    taken();
  }

  boolean isDue() {
    return clock.millis() >= dueMillis;
  }

  /** Advances to the first scheduled time after now. */
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

  /** Restores the due time, unless the schedule has changed. */
  void restore(State state) {
    if (schedule != null
        && state.has("schedule")
        && state.text("schedule").equals(schedule.toString())) {
      dueMillis = state.integer("due_millis");
    }
  }
}
