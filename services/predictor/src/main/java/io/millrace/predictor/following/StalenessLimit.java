package io.millrace.predictor.following;

import io.millrace.settings.Section;
import java.time.Duration;
import java.util.Optional;

/**
 * How old the served version may be, and what happens if it is older.
 *
 * @param limit empty if any age is allowed
 */
public record StalenessLimit(Optional<Duration> limit, WhenStale whenStale) {
  /** Any age is allowed. */
  public static final StalenessLimit NONE =
      new StalenessLimit(Optional.empty(), WhenStale.NOT_READY);

  /** Reads its options from the section {@code serving}. */
  public static StalenessLimit read(Section serving) {
    return new StalenessLimit(
        serving
            .duration("max_staleness", "Greatest age of the served version.")
            .check("above 0s", limit -> !limit.isZero())
            .optional(),
        serving
            .choice("when_stale", WhenStale.class, "What happens if it is older.")
            .orElse(WhenStale.NOT_READY));
  }

  /** What happens if the version is too old. */
  public enum WhenStale {
    /** The service is not ready, so no requests are routed to it. */
    NOT_READY,
    /** A warning is logged once. */
    WARN
  }
}
