package io.millrace.cli.steering;

import io.millrace.settings.DurationText;
import io.millrace.trainer.events.EventStart;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The values of {@code watch --since}. */
public final class SinceOption {
  /** The allowed values, for messages. */
  public static final String ALLOWED =
      "earliest, a duration such as 10m, or a time such as 2026-11-30T08:00Z";

  /** Longer than any topic keeps events; beyond it, times cannot be told in milliseconds. */
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private SinceOption() {}

  /**
   * Returns the start that a text means; empty if it is not an allowed value.
   *
   * @param now the moment that durations count back from
   */
  public static Optional<EventStart> parse(String text, Instant now) {
    if (text.equals("earliest")) {
      return Optional.of(EventStart.EARLIEST);
    }
    return DurationText.parse(text)
        .map(ago -> now.minus(ago.compareTo(LONGEST) < 0 ? ago : LONGEST))
        .or(() -> TimeText.parse(text))
        .map(EventStart::at);
  }
}
