package io.millrace.cli.steering;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** Points in time as people write them: {@code 2026-11-30T08:00Z}. */
final class TimeText {
  private TimeText() {}

  /** Returns the time; empty if the text is none. Seconds may be left out, the zone may not. */
  static Optional<Instant> parse(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
