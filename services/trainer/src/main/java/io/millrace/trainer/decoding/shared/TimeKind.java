package io.millrace.trainer.decoding.shared;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;

/** The kinds of time in a record, and their ISO 8601 text where a name is needed. */
public enum TimeKind {
  /** A point in time. */
  INSTANT {
    @Override
    String text(long seconds, int nanos) {
      return Instant.ofEpochSecond(seconds, nanos).toString();
    }
  },

  /** A date and time without a zone, taken as UTC. */
  LOCAL {
    @Override
    String text(long seconds, int nanos) {
      return LocalDateTime.ofEpochSecond(seconds, nanos, ZoneOffset.UTC).toString();
    }
  },

  /** A day. */
  DATE {
    @Override
    String text(long seconds, int nanos) {
      return LocalDate.ofInstant(Instant.ofEpochSecond(seconds), ZoneOffset.UTC).toString();
    }
  },

  /** A time of day, taken as a time of 1970-01-01. */
  TIME_OF_DAY {
    @Override
    String text(long seconds, int nanos) {
      return LocalTime.ofSecondOfDay(seconds).withNano(nanos).toString();
    }

    @Override
    boolean has(long seconds) {
      return 0 <= seconds && seconds < SECONDS_PER_DAY;
    }
  };

  public static final long SECONDS_PER_DAY = 86_400;

  /** Single precision represents every day up to this limit, about 45,000 years. */
  private static final long MOST_SECONDS = (1 << 24) * SECONDS_PER_DAY;

  /**
   * Returns the time as a text.
   *
   * @param seconds since 1970; {@link #has} must be true
   */
  abstract String text(long seconds, int nanos);

  /** Returns whether the time is in the supported range. */
  boolean has(long seconds) {
    return -MOST_SECONDS <= seconds && seconds < MOST_SECONDS;
  }
}
